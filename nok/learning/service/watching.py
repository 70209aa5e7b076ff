"""Take what a player says into the watch ledger."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from nok.core.clock import now
from nok.core.db import add_once, db, insert_once
from nok.core.errors import Conflict, Invalid
from nok.courses.models import Lesson
from nok.enrollments.models import Enrollment
from nok.learning import queries, rules
from nok.learning.models import ActivePlayer, LessonProgress, Route, WatchEntry, WatchSession
from nok.learning.service.progress import open_progress
from nok.learning.service.settling import settle
from nok.media.models import VideoStatus


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
    complete: bool
    changed: bool
    paused: bool


def beat(enrollment: Enrollment, lesson: Lesson, report: BeatReport) -> BeatOutcome:
    """Take a beat into the ledger. Beat 0 starts the server's clock; a beat seen before changes nothing.

    Raise Invalid for a lesson without a ready video, Conflict when another player of this person has taken over.
    """
    video = lesson.video
    if video is None or video.status is not VideoStatus.READY:
        raise Invalid(_("This lesson has no video that can be watched yet."))
    found = queries.watching(enrollment, lesson.id, report.session_id)
    if found is None:  # a player's first beat, or one of another lesson's
        progress = open_progress(enrollment, lesson)
        session = queries.watch_session(report.session_id)
        if session is None:
            _begin(enrollment, lesson, report)
            return _outcome(progress, video.length_ms)
        if (session.enrollment_id, session.lesson_id) != (enrollment.id, lesson.id):
            raise Invalid(_("This player belongs to another lesson. Reload the page."))
        active = queries.active_player(enrollment.person_id)
    else:
        progress, session, active = found
    if active is None or active.session_id != session.id:
        raise Conflict(_("The video is playing in another tab or on another device; seat time counts there."))
    if report.seq <= session.last_seq:
        return _outcome(progress, video.length_ms)
    return _credit(progress, session, report, lesson=lesson, enrollment=enrollment, length_ms=video.length_ms)


def _begin(enrollment: Enrollment, lesson: Lesson, report: BeatReport) -> None:
    """Open a watch session and make it the person's only one that counts."""
    moment = now()
    session = WatchSession(
        id=report.session_id,
        enrollment_id=enrollment.id,
        lesson_id=lesson.id,
        route=report.route,
        last_seq=report.seq,
        last_beat_at=moment,
    )
    if not add_once(session):  # the same first beat, sent twice
        return
    insert_once(ActivePlayer, person_id=enrollment.person_id, session_id=report.session_id)
    db.session.execute(
        update(ActivePlayer)
        .where(ActivePlayer.person_id == enrollment.person_id)
        .values(session_id=report.session_id)
        .execution_options(synchronize_session=False)
    )


def _credit(
    progress: LessonProgress,
    session: WatchSession,
    report: BeatReport,
    *,
    lesson: Lesson,
    enrollment: Enrollment,
    length_ms: int,
) -> BeatOutcome:
    moment = now()
    result = rules.accept(
        report.played,
        _intervals(progress),
        elapsed_ms=int((moment - session.last_beat_at).total_seconds() * 1000),
        speed_cap_percent=enrollment.revision.speed_cap_percent,
        length_ms=length_ms,
    )
    db.session.add(
        WatchEntry(
            session_id=session.id,
            enrollment_id=enrollment.id,
            lesson_id=lesson.id,
            seq=report.seq,
            received_at=moment,
            played=[list(interval) for interval in report.played],
            accepted=[list(interval) for interval in result.accepted],
            allowed_ms=result.allowed_ms,
        )
    )
    session.last_seq, session.last_beat_at = report.seq, moment
    progress.covered = [list(interval) for interval in result.covered]
    progress.position_ms = min(max(0, report.position_ms), length_ms)
    changed = progress.completed_at is None and rules.is_complete(result.covered, length_ms)
    if changed:
        progress.completed_at = moment
        settle(enrollment)
    return _outcome(progress, length_ms, changed=changed, paused=result.paused)


def _outcome(progress: LessonProgress, length_ms: int, *, changed: bool = False, paused: bool = False) -> BeatOutcome:
    covered = _intervals(progress)
    complete = progress.completed_at is not None or rules.is_complete(covered, length_ms)
    return BeatOutcome(covered, complete, changed, paused)


def _intervals(progress: LessonProgress) -> list[rules.Interval]:
    return [(start, end) for start, end in progress.covered]
