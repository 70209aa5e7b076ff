"""The lesson page, its media, and the test."""

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from nok.assessments import queries as assessments
from nok.assessments.models import Attempt
from nok.assessments.rules import attempts_left
from nok.classroom.forms import answers_from_form, chosen_in_form
from nok.classroom.queries import access
from nok.classroom.queries import attempts as attempt_pages
from nok.classroom.queries import lessons as lesson_pages
from nok.classroom.queries.gates import gate_views
from nok.core.db import db
from nok.core.errors import Invalid, NotFound
from nok.core.storage import Storage
from nok.courses import queries as courses
from nok.courses.models import Lesson
from nok.enrollments import queries as enrollments
from nok.learning import queries as learning
from nok.learning import service
from nok.learning.queries import Standing
from nok.media.rules import content_type, is_served
from nok.web.access import signed_in, viewer
from nok.web.files import send_media, send_picture

blueprint = Blueprint("classroom", __name__)


@blueprint.get("/learn/<slug:course>")
@signed_in
def course(course: str) -> BaseResponse:
    """Go on where I stopped."""
    standing = _standing(course)
    lesson = standing.next_lesson()
    if lesson is None:
        raise NotFound
    return redirect(url_for(".lesson", course=course, lesson=lesson.slug), 303)


@blueprint.get("/learn/<slug:course>/<slug:lesson>")
@signed_in
def lesson(course: str, lesson: str) -> str:
    """One lesson."""
    standing, found = _lesson(course, lesson)
    return render_template("classroom/lesson.html", **vars(lesson_pages.lesson_page(standing, found)))


@blueprint.post("/learn/<slug:course>/<slug:lesson>/complete")
@signed_in
def complete(course: str, lesson: str) -> BaseResponse:
    """Mark a text lesson as complete and go on."""
    standing, found = _lesson(course, lesson)
    service.mark_read(standing.enrollment, found)
    db.session.commit()
    following = next((item for item in standing.lessons if item.position > found.position), found)
    return redirect(url_for(".lesson", course=course, lesson=following.slug), 303)


@blueprint.get("/learn/<slug:course>/<slug:lesson>/media/<file:name>")
@signed_in
def media(course: str, lesson: str, name: str) -> Response:
    """A playlist, segment or poster, for those whose enrollment opens the lesson at this moment."""
    folder = access.video_folder(viewer().id, course, lesson)
    if not is_served(name):
        raise NotFound
    storage = Storage(current_app.extensions["nok"].storage_dir)
    if not storage.has(f"{folder}/{name}"):
        raise NotFound
    return send_media(storage.path(f"{folder}/{name}"), content_type(name))


@blueprint.get("/learn/<slug:course>/<slug:lesson>/captions/<file:name>")
@signed_in
def captions(course: str, lesson: str, name: str) -> Response:
    """The captions of a lesson, `en.vtt`."""
    _, found = _lesson(course, lesson)
    track = next((item for item in courses.captions(found.id) if f"{item.language}.vtt" == name), None)
    if track is None:
        raise NotFound
    return Response(track.vtt, mimetype="text/vtt", headers={"Cache-Control": "private, no-cache"})


@blueprint.get("/learn/<slug:course>/pictures/<file:name>")
@signed_in
def picture(course: str, name: str) -> Response:
    """A picture of the revision I am enrolled in."""
    enrollment = enrollments.open_enrollment(viewer().id, course)
    file = courses.picture(enrollment.revision_id, name).file
    storage = Storage(current_app.extensions["nok"].storage_dir)
    return send_picture(storage.path(file.storage_key), file.content_type, file.sha256, private=True)


@blueprint.post("/learn/<slug:course>/<slug:lesson>/attempts")
@signed_in
def start_attempt(course: str, lesson: str) -> BaseResponse:
    """Begin the test, or go on with an attempt that is still open."""
    standing, found = _lesson(course, lesson)
    attempt = service.start_test(standing.enrollment, found)
    db.session.commit()
    return redirect(url_for(".attempt", course=course, lesson=lesson, number=attempt.number), 303)


@blueprint.get("/learn/<slug:course>/<slug:lesson>/attempts/<int:number>")
@signed_in
def attempt(course: str, lesson: str, number: int) -> str:
    """The test while it runs; its result afterwards."""
    standing, found = _lesson(course, lesson)
    shown = assessments.attempt(standing.enrollment.id, found.id, number)
    return _attempt_page(standing, found, shown) if shown.submitted_at is None else _result_page(standing, found, shown)


@blueprint.post("/learn/<slug:course>/<slug:lesson>/attempts/<int:number>")
@signed_in
def submit_attempt(course: str, lesson: str, number: int) -> BaseResponse | tuple[str, int]:
    """Hand in."""
    standing, found = _lesson(course, lesson)
    try:
        answers = answers_from_form(request.form)
        service.submit_test(standing.enrollment, found, number, answers)
    except Invalid as problem:
        shown = assessments.attempt(standing.enrollment.id, found.id, number)
        return _attempt_page(standing, found, shown, problem), problem.status
    db.session.commit()
    return redirect(url_for(".attempt", course=course, lesson=lesson, number=number), 303)


def _standing(course_slug: str) -> Standing:
    return learning.standing(enrollments.open_enrollment(viewer().id, course_slug))


def _lesson(course_slug: str, lesson_slug: str) -> tuple[Standing, Lesson]:
    """Return the viewer's standing in the course and the lesson of their revision; raise NotFound."""
    standing = _standing(course_slug)
    found = standing.by_slug(lesson_slug)
    if found is None:
        raise NotFound
    return standing, found


def _attempt_page(standing: Standing, lesson: Lesson, shown: Attempt, problem: Invalid | None = None) -> str:
    """Show the test as it stands; after a refusal, with the choices that were just sent."""
    slug = standing.enrollment.course.slug
    return render_template(
        "classroom/attempt.html",
        course=lesson_pages.CourseView(slug, standing.enrollment.revision.title),
        lesson=lesson,
        attempt=attempt_pages.AttemptView(shown.number, shown.deadline_at),
        questions=attempt_pages.open_questions(shown, chosen_in_form(request.form) if problem else None),
        error=problem.message if problem else "",
        autosave_url=f"/api/v1/attempts/{slug}/{lesson.slug}/{shown.number}/answers",
        submit_url=url_for(".submit_attempt", course=slug, lesson=lesson.slug, number=shown.number),
    )


def _result_page(standing: Standing, lesson: Lesson, shown: Attempt) -> str:
    slug = standing.enrollment.course.slug
    passed = standing.is_done(lesson)
    tries = standing.attempts.get(lesson.id, [])
    last = attempts_left(standing.enrollment.revision.attempts, len(tries)) == 0
    return render_template(
        "classroom/result.html",
        course=lesson_pages.CourseView(slug, standing.enrollment.revision.title),
        lesson=lesson,
        attempt=attempt_pages.result(shown),
        questions=attempt_pages.reviewed_questions(shown, reveal=passed or last),
        revealed=passed or last,
        gates=gate_views(standing),
        retry_url="" if passed or last else url_for(".lesson", course=slug, lesson=lesson.slug),
    )
