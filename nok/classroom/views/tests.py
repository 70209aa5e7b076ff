"""The test while it runs, and its result."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from nok.assessments import queries as assessments
from nok.assessments.models import Attempt
from nok.assessments.rules import key_is_shown
from nok.classroom.forms import answers_from_form, chosen_in_form
from nok.classroom.queries import attempts as attempt_pages
from nok.classroom.queries import lessons as lesson_pages
from nok.classroom.queries.gates import gate_views, onward_url
from nok.classroom.views.blueprint import blueprint, lesson_of_viewer
from nok.core.db import db
from nok.core.errors import Invalid
from nok.courses.models import Lesson
from nok.learning import service
from nok.learning.queries import Standing
from nok.web.access import signed_in

CONFIRMED = "with-blanks"  # the name of the button that sends a test as it is


@blueprint.post("/learn/<slug:course>/<slug:lesson>/attempts")
@signed_in
def start_attempt(course: str, lesson: str) -> BaseResponse:
    """Begin the test, or go on with an attempt that is still open."""
    standing, found = lesson_of_viewer(course, lesson)
    attempt = service.start_test(standing.enrollment, found)
    db.session.commit()
    return redirect(url_for(".attempt", course=course, lesson=lesson, number=attempt.number), 303)


@blueprint.get("/learn/<slug:course>/<slug:lesson>/attempts/<int:number>")
@signed_in
def attempt(course: str, lesson: str, number: int) -> str:
    """The test while it runs; its result afterwards."""
    standing, found = lesson_of_viewer(course, lesson)
    shown = assessments.attempt(standing.enrollment.id, found.id, number)
    return _attempt_page(standing, found, shown) if shown.submitted_at is None else _result_page(standing, found, shown)


@blueprint.post("/learn/<slug:course>/<slug:lesson>/attempts/<int:number>")
@signed_in
def submit_attempt(course: str, lesson: str, number: int) -> BaseResponse | tuple[str, int]:
    """Hand in; what has blanks only when that is confirmed, for a try is used up by it."""
    standing, found = lesson_of_viewer(course, lesson)
    try:
        answers = answers_from_form(request.form)
        if CONFIRMED not in request.form:
            shown = assessments.attempt(standing.enrollment.id, found.id, number, lock=True)
            if attempt_pages.asks_first(shown, answers):
                return _ask_first(standing, found, shown, answers)
        service.submit_test(standing.enrollment, found, number, answers)
    except Invalid as problem:
        shown = assessments.attempt(standing.enrollment.id, found.id, number)
        return _attempt_page(standing, found, shown, problem), problem.status
    db.session.commit()
    return redirect(url_for(".attempt", course=course, lesson=lesson, number=number), 303)


def _ask_first(standing: Standing, lesson: Lesson, shown: Attempt, answers: dict[int, list[int]]) -> tuple[str, int]:
    """Keep the choices, as the deadline may pass before an answer comes, and name what is blank."""
    service.save_answers(standing.enrollment, lesson, shown.number, answers)
    page = _attempt_page(standing, lesson, shown, asks=True)
    db.session.commit()
    return page, Invalid.status


def _attempt_page(
    standing: Standing, lesson: Lesson, shown: Attempt, problem: Invalid | None = None, *, asks: bool = False
) -> str:
    """Show the test as it stands; after a refusal, with the choices that were just sent.

    With `asks`, it names the blanks and can be sent as it is.
    """
    slug = standing.enrollment.course.slug
    return render_template(
        "classroom/attempt.html",
        course=lesson_pages.CourseView(slug, standing.enrollment.revision.title),
        lesson=lesson,
        attempt=attempt_pages.AttemptView(shown.number, shown.deadline_at),
        questions=attempt_pages.open_questions(shown, chosen_in_form(request.form) if problem else None),
        error=problem.message if problem else "",
        asks=asks,
        autosave_url=f"/api/v1/attempts/{slug}/{lesson.slug}/{shown.number}/answers",
        submit_url=url_for(".submit_attempt", course=slug, lesson=lesson.slug, number=shown.number),
    )


def _result_page(standing: Standing, lesson: Lesson, shown: Attempt) -> str:
    slug = standing.enrollment.course.slug
    passed = standing.is_done(lesson)
    tries = standing.attempts.get(lesson.id, [])
    left = standing.attempts_left(len(tries))
    running = any(attempt.submitted_at is None for attempt in tries)
    revealed = key_is_shown(passed=passed, left=left, running=running)
    return render_template(
        "classroom/result.html",
        course=lesson_pages.CourseView(slug, standing.enrollment.revision.title),
        lesson=lesson,
        attempt=attempt_pages.result(shown),
        questions=attempt_pages.reviewed_questions(shown, reveal=revealed),
        revealed=revealed,
        attempts_left=left,
        passed=passed,
        gates=gate_views(standing),
        onward_url=onward_url(standing) if passed else "",
        retry_url="" if passed or (left == 0 and not running) else url_for(".lesson", course=slug, lesson=lesson.slug),
    )
