"""A worksheet, saved or handed in."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.classroom.forms import worksheet_from_form
from nok.classroom.queries import lessons as lesson_pages
from nok.classroom.queries import worksheets as worksheet_pages
from nok.classroom.queries.worksheets import Refusal, Typed
from nok.classroom.views.blueprint import blueprint, lesson_of_viewer
from nok.core.db import db
from nok.core.errors import Conflict, Invalid, NotFound
from nok.courses.models import LessonKind
from nok.learning import service
from nok.web.access import signed_in


@blueprint.get("/learn/<slug:course>/<slug:lesson>/worksheet")
@signed_in
def worksheet(course: str, lesson: str) -> str:
    """The worksheet alone: where a browser comes back to that had sent something."""
    return _worksheet_page(course, lesson)


@blueprint.post("/learn/<slug:course>/<slug:lesson>/worksheet")
@signed_in
def save_worksheet(course: str, lesson: str) -> BaseResponse | tuple[str, int]:
    """Save the draft, or hand it in."""
    standing, found = lesson_of_viewer(course, lesson)
    typed = worksheet_from_form(request.form)
    handing_in = request.form.get("act") == "hand-in"
    save = service.submit_worksheet if handing_in else service.save_worksheet
    try:
        save(standing.enrollment, found, typed.texts, typed.seen)
    except (Conflict, Invalid) as problem:
        if problem.fields.get("missing"):
            db.session.commit()  # too short to be handed in, yet saved
        return _worksheet_page(course, lesson, typed, problem), problem.status
    db.session.commit()
    flash(_("Handed in. Your teacher is told; you will be told, too.") if handing_in else _("Saved."), "success")
    return redirect(url_for(".lesson", course=course, lesson=lesson), 303)


def _worksheet_page(
    course: str, lesson: str, typed: Typed | None = None, problem: Conflict | Invalid | None = None
) -> str:
    """Show the worksheet as saved; after a refusal, as it was just typed."""
    standing, found = lesson_of_viewer(course, lesson)
    if found.kind is not LessonKind.WORKSHEET:
        raise problem or NotFound
    refusal = None
    if problem is not None:
        refusal = Refusal(problem.message, problem.fields.get("missing", {}), problem.fields.get("problems", ()))
    return render_template(
        "classroom/worksheet.html",
        course=lesson_pages.CourseView(course, standing.enrollment.revision.title),
        lesson=found,
        worksheet=worksheet_pages.worksheet_view(standing, found, typed, refusal),
    )
