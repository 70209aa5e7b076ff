"""Enrolling, by one POST."""

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from nok.core.db import db
from nok.enrollments import service
from nok.web.access import signed_in, viewer

blueprint = Blueprint("enrollments", __name__)


@blueprint.post("/courses/<slug:slug>/enroll")
@signed_in
def enroll(slug: str) -> Response:
    """Enroll, then go to the lesson to begin with."""
    service.enroll(viewer(), slug)
    db.session.commit()
    return redirect(url_for("classroom.course", course=slug), 303)
