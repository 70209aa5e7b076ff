"""The lesson page."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from nok.classroom.queries import lessons as lesson_pages
from nok.classroom.views.blueprint import blueprint, lesson_of_viewer, standing_of_viewer
from nok.core.db import db
from nok.core.errors import NotFound
from nok.learning import service
from nok.web.access import signed_in


@blueprint.get("/learn/<slug:course>")
@signed_in
def course(course: str) -> BaseResponse:
    """Go on where I stopped."""
    standing = standing_of_viewer(course)
    lesson = standing.next_lesson()
    if lesson is None:
        raise NotFound
    return redirect(url_for(".lesson", course=course, lesson=lesson.slug), 303)


@blueprint.get("/learn/<slug:course>/<slug:lesson>")
@signed_in
def lesson(course: str, lesson: str) -> str:
    """One lesson."""
    standing, found = lesson_of_viewer(course, lesson)
    return render_template("classroom/lesson.html", **vars(lesson_pages.lesson_page(standing, found)))


@blueprint.post("/learn/<slug:course>/<slug:lesson>/complete")
@signed_in
def complete(course: str, lesson: str) -> BaseResponse:
    """Mark a text lesson as complete and go on."""
    standing, found = lesson_of_viewer(course, lesson)
    service.mark_read(standing.enrollment, found)
    db.session.commit()
    following = next((item for item in standing.lessons if item.position > found.position), found)
    return redirect(url_for(".lesson", course=course, lesson=following.slug), 303)
