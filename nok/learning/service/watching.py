"""Take what a player says into the watch ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from flask_babel import lazy_gettext as _
from sqlalchemy import Table, bindparam, insert, update

from nok.core.clock import now
from nok.core.db import add_once, db, insert_once
from nok.core.errors import Conflict, Invalid
from nok.enrollments import queries as enrollments
from nok.enrollments.queries import Seat
from nok.learning import queries, rules
from nok.learning.models import ActivePlayer, LessonProgress, Route, WatchEntry, WatchSession
from nok.learning.service.progress import open_progress
from nok.learning.service.settling import settle

# Every beat writes these three rows: of the tables, as it takes longer to write models.
_entries, _sessions, _progress = (cast(Table, table.__table__) for table in (WatchEntry, WatchSession, LessonProgress))
_ENTRY = insert(_entries).inline()
_SESSION = update(_sessions).where(_sessions.c.id == bindparam("session"))
_PROGRESS = update(_progress).where(_progress.c.id == bindparam("progress"))


@dataclass(frozen=True)
class BeatReport:
    """What a player says: `seq` counts its beats from 0; `played` are all intervals not yet acknowledged, in ms.

    `route` says how the lesson is followed; a reader of the transcript plays it as slowly as the film.
    """

    session_id: str
    seq: int
    played: Sequence[rules.Interval]
    position_ms: int
    route: Route = Route.FILM


@dataclass(frozen=True)
class BeatOutcome:
    """What the server made of it. `changed` when the lesson became complete with this beat."""

    covered: list[rules.Interval]
    length_ms: int
    complete: bool
    changed: bool
    paused: bool


def start_watching(seat: Seat, report: BeatReport) -> BeatOutcome:
    """Take a player's first beat: it starts the server's clock, and makes this player the person's only one.

    Raise Invalid for a lesson without a ready video, and for a player that began elsewhere.
    """
    if not seat.length_ms:
        raise Invalid(_("This lesson has no video that can be watched yet."))
    progress = open_progress(seat.enrollment_id, seat.lesson_id)
    session = queries.watch_session(report.session_id)
    if session is None:
        _begin(seat, report)
    elif (session.enrollment_id, session.lesson_id) != (seat.enrollment_id, seat.lesson_id):
        raise Invalid(_("This player belongs to another lesson. Reload the page."))
    covered = [(start, end) for start, end in progress.covered]
    return _unchanged(covered, seat.length_ms, progress.completed_at)


def beat(at: queries.Underway, report: BeatReport) -> BeatOutcome:
    """Take a further beat into the ledger; one that was seen before changes nothing.

    Raise Conflict when another player of this person has taken over.
    """
    if at.active_session_id != at.session_id:
        raise Conflict(_("The video is playing in another tab or on another device; seat time counts there."))
    if report.seq <= at.last_seq:
        return _unchanged(at.covered, at.length_ms, at.completed_at)
    return _credit(at, report)


def _begin(seat: Seat, report: BeatReport) -> None:
    """Open a watch session and make it the person's only one that counts."""
    session = WatchSession(
        id=report.session_id,
        enrollment_id=seat.enrollment_id,
        lesson_id=seat.lesson_id,
        route=report.route,
        last_seq=report.seq,
        last_beat_at=now(),
    )
    if not add_once(session):  # the same first beat, sent twice
        return
    insert_once(ActivePlayer, person_id=seat.person_id, session_id=report.session_id)
    db.session.execute(
        update(ActivePlayer)
        .where(ActivePlayer.person_id == seat.person_id)
        .values(session_id=report.session_id)
        .execution_options(synchronize_session=False)
    )


def _credit(at: queries.Underway, report: BeatReport) -> BeatOutcome:
    moment = now()
    result = rules.accept(
        report.played,
        at.covered,
        elapsed_ms=int((moment - at.last_beat_at).total_seconds() * 1000),
        speed_cap_percent=at.speed_cap_percent,
        length_ms=at.length_ms,
    )
    done = at.completed_at is not None or rules.is_complete(result.covered, at.length_ms)
    changed = done and at.completed_at is None
    entry = {
        "session_id": at.session_id,
        "enrollment_id": at.enrollment_id,
        "lesson_id": at.lesson_id,
        "seq": report.seq,
        "received_at": moment,
        "played": report.played,
        "accepted": result.accepted,
        "allowed_ms": result.allowed_ms,
    }
    folded = {
        "progress": at.progress_id,
        "covered": result.covered,
        "position_ms": min(max(0, report.position_ms), at.length_ms),
        "completed_at": moment if changed else at.completed_at,
    }
    connection = db.session.connection()
    connection.execute(_ENTRY, entry)
    connection.execute(_SESSION, {"session": at.session_id, "last_seq": report.seq, "last_beat_at": moment})
    connection.execute(_PROGRESS, folded)
    if changed:
        settle(enrollments.enrollment(at.enrollment_id))
    return BeatOutcome(result.covered, at.length_ms, done, changed, result.paused)


def _unchanged(covered: list[rules.Interval], length_ms: int, completed_at: datetime | None) -> BeatOutcome:
    return BeatOutcome(covered, length_ms, completed_at is not None, changed=False, paused=False)
