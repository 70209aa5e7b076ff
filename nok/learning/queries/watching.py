"""Players, the folded progress, completions."""

from functools import cache

from sqlalchemy import Select, bindparam, select

from nok.core.db import db, locked
from nok.enrollments.models import Enrollment
from nok.learning.models import ActivePlayer, Completion, LessonProgress, WatchSession


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


def active_player(person_id: int) -> ActivePlayer | None:
    """Return which player of the person counts, locked until the commit, or None."""
    return db.session.scalar(locked(select(ActivePlayer).where(ActivePlayer.person_id == person_id)))


def watching(
    enrollment: Enrollment, lesson_id: int, session_id: str
) -> tuple[LessonProgress, WatchSession, ActivePlayer] | None:
    """Return all that a beat decides about, locked until the commit, or None where something of it is not there yet.

    One statement, as there are very many beats. The rows are locked in the order in which the first beat takes them.
    """
    place = {"enrollment": enrollment.id, "person": enrollment.person_id, "lesson": lesson_id, "session": session_id}
    row = db.session.execute(_watching(), place).one_or_none()
    return (row[0], row[1], row[2]) if row else None


@cache  # asked by every beat: to build the statement takes longer than to run it
def _watching() -> "Select[LessonProgress, WatchSession, ActivePlayer]":
    return (
        select(LessonProgress, WatchSession, ActivePlayer)
        .join(WatchSession, WatchSession.enrollment_id == LessonProgress.enrollment_id)
        .join(ActivePlayer, ActivePlayer.person_id == bindparam("person"))
        .where(
            LessonProgress.enrollment_id == bindparam("enrollment"),
            LessonProgress.lesson_id == bindparam("lesson"),
            WatchSession.id == bindparam("session"),
            WatchSession.lesson_id == bindparam("lesson"),
        )
        .with_for_update(of=(LessonProgress, WatchSession, ActivePlayer))
        .execution_options(populate_existing=True)
    )
