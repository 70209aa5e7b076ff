"""Enrolling by one POST, and leaving by another, after a page that says what stays."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nok.core.db import db
from nok.core.errors import Forbidden, NotFound
from nok.courses import queries as courses
from nok.enrollments import queries, service
from nok.web.access import signed_in, viewer

blueprint = Blueprint("enrollments", __name__)


@blueprint.post("/courses/<slug:slug>/enroll")
@signed_in
def enroll(slug: str) -> Response | tuple[str, int]:
    """Enroll, then go to the lesson to begin with; or say why that is not for oneself to do."""
    try:
        service.enroll(viewer(), slug)
    except Forbidden as refused:
        db.session.rollback()
        title, reason = courses.published(slug).title, refused.message
        return render_template("enrollments/enroll.html", slug=slug, title=title, reason=reason), refused.status
    db.session.commit()
    return redirect(url_for("classroom.course", course=slug), 303)


@blueprint.get("/courses/<slug:slug>/leave")
@signed_in
def leave(slug: str) -> str:
    """Say what leaving means, and ask."""
    enrollment = queries.open_enrollment(viewer().id, slug)
    return render_template(
        "enrollments/leave.html", slug=slug, title=enrollment.revision.title, access_until=enrollment.access_until
    )


@blueprint.post("/courses/<slug:slug>/leave")
@signed_in
def leave_now(slug: str) -> Response:
    """Leave; a second click finds that it is done."""
    enrollment = queries.of_course(viewer().id, slug)
    if enrollment is None:
        raise NotFound
    service.leave(enrollment)
    db.session.commit()
    flash(_("You have left %(title)s. What you did there is kept.", title=enrollment.revision.title), "success")
    return redirect(url_for("home.learn"), 303)
