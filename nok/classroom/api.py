"""What the lesson page's scripts send: beats of the player, answers of the test, texts of the worksheet."""

import re
from typing import Any

from flask import Blueprint, Response, jsonify
from flask_babel import gettext as _

from nok.classroom.forms import answers_from_json, worksheet_from_json
from nok.core.db import begin_reading, db
from nok.core.errors import Conflict, Invalid, NotFound
from nok.courses import queries as courses
from nok.courses.models import Lesson
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment
from nok.learning import queries as learning
from nok.learning import service
from nok.learning.models import Route
from nok.learning.service import BeatReport
from nok.web.access import json_body, must_be_signed_in, signed_in, signed_in_as_found, viewer
from nok.web.login import session_token

blueprint = Blueprint("classroom_api", __name__)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_INTERVALS = 500
LATEST_MS = 24 * 3600 * 1000
MOST_BEATS = 1_000_000


@blueprint.post("/api/v1/lessons/<int:lesson_id>/beats")
@signed_in_as_found
def beat(lesson_id: int) -> tuple[Response, int]:
    """Take what the player played; answer with what is covered."""
    report = _report(json_body())
    at = learning.underway(session_token() or "", lesson_id, report.session_id)
    try:
        if at is None:
            outcome = service.start_watching(enrollments.seat(must_be_signed_in().id, lesson_id), report)
        else:
            outcome = service.beat(at, report)
    except Conflict as elsewhere:
        db.session.rollback()
        begin_reading()  # the message is in the reader's language, which may have to be asked for
        return jsonify(state="elsewhere", message=str(elsewhere.message)), 409
    db.session.commit()
    begin_reading()
    return jsonify(
        state="paused" if outcome.paused else "counting",
        covered=outcome.covered,
        covered_ms=sum(end - start for start, end in outcome.covered),
        length_ms=outcome.length_ms,
        complete=outcome.complete,
        changed=outcome.changed,
        message=_("More than a minute passed without a connection: that part was played, but not counted.")
        if outcome.paused
        else "",
    ), 200


@blueprint.post("/api/v1/attempts/<slug:course>/<slug:lesson>/<int:number>/answers")
@signed_in
def save_answers(course: str, lesson: str, number: int) -> Response:
    """Keep what is chosen so far."""
    answers = answers_from_json(json_body())
    service.save_answers(*_place(course, lesson), number, answers)
    db.session.commit()
    return jsonify(saved=True)


@blueprint.post("/api/v1/worksheets/<slug:course>/<slug:lesson>/answers")
@signed_in
def save_worksheet(course: str, lesson: str) -> tuple[Response, int]:
    """Keep what is typed so far; answer with the number of savings, which the next one has to name."""
    typed = worksheet_from_json(json_body())
    try:
        kept = service.save_worksheet(*_place(course, lesson), typed.texts, typed.seen)
    except Conflict as other:
        db.session.rollback()
        return jsonify(error="conflict", message=str(other.message), **other.fields), 409
    db.session.commit()
    return jsonify(saved=True, saves=kept.saves), 200


def _place(course: str, lesson: str) -> tuple[Enrollment, Lesson]:
    """Return the viewer's enrollment that opens the course, and the lesson of its revision; raise NotFound."""
    enrollment = enrollments.open_enrollment(viewer().id, course)
    found = next((item for item in courses.lessons(enrollment.revision_id) if item.slug == lesson), None)
    if found is None:
        raise NotFound
    return enrollment, found


def _report(body: Any) -> BeatReport:
    """Return the beat in the body; raise Invalid, naming the first field that is not right."""
    if not isinstance(body, dict):
        raise Invalid(_("The beat is not a JSON object."))
    session, played = body.get("session"), body.get("played")
    if not isinstance(session, str) or not _UUID.fullmatch(session):
        raise Invalid(_("session must be a UUID in lower case."))
    if not isinstance(played, list) or len(played) > MOST_INTERVALS:
        raise Invalid(_("played must be a list of up to %(most)s intervals.", most=MOST_INTERVALS))
    return BeatReport(
        session,
        _whole(body.get("seq"), "seq", MOST_BEATS),
        [_interval(item) for item in played],
        _whole(body.get("position_ms"), "position_ms", LATEST_MS),
        _route(body.get("route", Route.FILM)),
    )


def _route(value: Any) -> Route:
    if value not in list(Route):
        raise Invalid(_("route must be film or transcript."))
    return Route(value)


def _interval(item: Any) -> tuple[int, int]:
    if not isinstance(item, list) or len(item) != 2:  # noqa: PLR2004
        raise Invalid(_("Each interval must be [start, end] in milliseconds."))
    return _whole(item[0], "played", LATEST_MS), _whole(item[1], "played", LATEST_MS)


def _whole(value: Any, name: str, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise Invalid(_("%(name)s must be a whole number from 0 to %(most)s.", name=name, most=most))
    return value
