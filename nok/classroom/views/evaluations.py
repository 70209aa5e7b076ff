"""The evaluation of a course, sent once."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.classroom.forms import EvaluationForm, ratings_from_form
from nok.classroom.queries import evaluations as evaluation_pages
from nok.classroom.queries import lessons as lesson_pages
from nok.classroom.queries.evaluations import Rated
from nok.classroom.views.blueprint import blueprint, lesson_of_viewer
from nok.core.db import db
from nok.core.errors import Invalid, NotFound
from nok.courses.models import LessonKind
from nok.learning import service
from nok.web.access import signed_in


@blueprint.get("/learn/<slug:course>/<slug:lesson>/evaluation")
@signed_in
def evaluation(course: str, lesson: str) -> str:
    """The evaluation alone: where a browser comes back to that had sent something."""
    return _evaluation_page(course, lesson)


@blueprint.post("/learn/<slug:course>/<slug:lesson>/evaluation")
@signed_in
def submit_evaluation(course: str, lesson: str) -> BaseResponse | tuple[str, int]:
    """Send it."""
    standing, found = lesson_of_viewer(course, lesson)
    form, ratings = EvaluationForm(), ratings_from_form(request.form)
    comment = form.comment.data or ""
    if not form.validate():
        rated = Rated(ratings, comment, _("The comment cannot be taken as it is."), (), form.comment.errors)
        return _evaluation_page(course, lesson, rated), Invalid.status
    try:
        service.submit_evaluation(standing.enrollment, found, ratings, comment)
    except Invalid as problem:
        rated = Rated(ratings, comment, problem.message, problem.fields.get("missing", ()))
        return _evaluation_page(course, lesson, rated), problem.status
    db.session.commit()
    flash(_("Thank you. Your evaluation is in."), "success")
    return redirect(url_for(".lesson", course=course, lesson=lesson), 303)


def _evaluation_page(course: str, lesson: str, rated: Rated | None = None) -> str:
    """Show the form, empty or as it was just filled in."""
    standing, found = lesson_of_viewer(course, lesson)
    if found.kind is not LessonKind.EVALUATION:
        raise Invalid(rated.message) if rated else NotFound
    return render_template(
        "classroom/evaluation.html",
        course=lesson_pages.CourseView(course, standing.enrollment.revision.title),
        lesson=found,
        evaluation=evaluation_pages.evaluation_view(standing, found, rated),
    )
