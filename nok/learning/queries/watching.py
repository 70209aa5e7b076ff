"""Players, the folded progress, completions."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from nok.accounts import queries as accounts
from nok.accounts.models import Person, SignIn
from nok.core.clock import now
from nok.core.db import db, locked
from nok.courses.models import CourseRevision, Lesson
from nok.enrollments.models import Enrollment
from nok.enrollments.rules import is_open
from nok.learning.models import ActivePlayer, Completion, LessonProgress, WatchSession
from nok.learning.rules import Interval
from nok.media.models import Video, VideoStatus


def completion(enrollment_id: int) -> Completion | None:
    """Return when all gates were done, or None."""
    return db.session.get(Completion, enrollment_id)


def progress(enrollment_id: int, lesson_id: int) -> LessonProgress | None:
    """Return the folded progress, locked until the commit, or None."""
    statement = select(LessonProgress).where(
        LessonProgress.enrollment_id == enrollment_id, LessonProgress.lesson_id == lesson_id
    )
    return db.session.scalar(locked(statement))


def watch_session(session_id: str) -> WatchSession | None:
    """Return a watch session, locked until the commit, or None."""
    return db.session.scalar(locked(select(WatchSession).where(WatchSession.id == session_id)))


@dataclass(frozen=True)
class Underway:
    """A lesson being watched: what a beat decides about. `active_session_id` is the player of the person that counts.

    `length_ms` is the film's. `covered` is sorted and disjoint.
    """

    enrollment_id: int
    lesson_id: int
    session_id: str
    progress_id: int
    speed_cap_percent: int
    length_ms: int
    last_seq: int
    last_beat_at: datetime
    covered: list[Interval]
    completed_at: datetime | None
    active_session_id: str


def underway(token: str, lesson_id: int, session_id: str) -> Underway | None:
    """Return what the player of a browser, known by its sign-in's token, is at; locked until the commit.

    None when the sign-in or the enrollment does not open the lesson, or nothing was watched there yet. It is one
    statement, as there are very many beats. The rows are locked in the order in which the first beat takes them.
    """
    place = accounts.of_token(token) | {"lesson_id": lesson_id, "session_id": session_id}
    row = db.session.connection().execute(_underway(), place).one_or_none()
    if row is None or not is_open(row.ended_at, row.access_until, now()):
        return None
    return Underway(
        enrollment_id=row.enrollment_id,
        lesson_id=lesson_id,
        session_id=session_id,
        progress_id=row.progress_id,
        speed_cap_percent=row.speed_cap_percent,
        length_ms=row.length_ms,
        last_seq=row.last_seq,
        last_beat_at=row.last_beat_at,
        covered=[(start, end) for start, end in row.covered],
        completed_at=row.completed_at,
        active_session_id=row.active_session_id,
    )


@cache  # asked by every beat, which is why it loads rows and no models
def _underway() -> "Select[*tuple[Any, ...]]":
    sign_ins, people, enrolled, revisions, lessons, films, progress, sessions, active = (
        table.__table__
        for table in (
            SignIn,
            Person,
            Enrollment,
            CourseRevision,
            Lesson,
            Video,
            LessonProgress,
            WatchSession,
            ActivePlayer,
        )
    )
    return (
        select(
            enrolled.c.id.label("enrollment_id"),
            enrolled.c.ended_at,
            enrolled.c.access_until,
            revisions.c.speed_cap_percent,
            films.c.length_ms,
            progress.c.id.label("progress_id"),
            progress.c.covered,
            progress.c.completed_at,
            sessions.c.last_seq,
            sessions.c.last_beat_at,
            active.c.session_id.label("active_session_id"),
        )
        .join_from(sign_ins, people, people.c.id == sign_ins.c.person_id)
        .join(sessions, sessions.c.id == bindparam("session_id"))
        .join(enrolled, and_(enrolled.c.id == sessions.c.enrollment_id, enrolled.c.person_id == people.c.id))
        .join(revisions, revisions.c.id == enrolled.c.revision_id)
        .join(lessons, and_(lessons.c.id == sessions.c.lesson_id, lessons.c.revision_id == revisions.c.id))
        .join(films, and_(films.c.id == lessons.c.video_id, films.c.status == VideoStatus.READY))
        .join(progress, and_(progress.c.enrollment_id == enrolled.c.id, progress.c.lesson_id == lessons.c.id))
        .join(active, active.c.person_id == people.c.id)
        .where(accounts.is_live(), lessons.c.id == bindparam("lesson_id"))
        .with_for_update(of=(progress, sessions, active))
    )
