"""Every SELECT over tests."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from nok.assessments.models import Attempt, Question
from nok.core.db import db, locked
from nok.core.errors import NotFound


def questions(lesson_id: int) -> Sequence[Question]:
    """Return the questions of a test in order, with their choices; two statements."""
    return db.session.scalars(
        select(Question)
        .options(selectinload(Question.choices))
        .where(Question.lesson_id == lesson_id)
        .order_by(Question.position)
    ).all()


def attempts(enrollment_id: int, lesson_id: int | None = None) -> Sequence[Attempt]:
    """Return the attempts of an enrollment, at one test or at all, the first first."""
    statement = select(Attempt).where(Attempt.enrollment_id == enrollment_id)
    if lesson_id is not None:
        statement = statement.where(Attempt.lesson_id == lesson_id)
    ordered = statement.order_by(Attempt.lesson_id, Attempt.number)
    # As they are now: who waited for a lock must not decide by what was true before.
    return db.session.scalars(ordered.execution_options(populate_existing=True)).all()


def attempt(enrollment_id: int, lesson_id: int, number: int, *, lock: bool = False) -> Attempt:
    """Return one attempt of an enrollment; raise NotFound. With `lock`, no one else changes it until the commit."""
    statement = select(Attempt).where(
        Attempt.enrollment_id == enrollment_id, Attempt.lesson_id == lesson_id, Attempt.number == number
    )
    found = db.session.scalar(locked(statement) if lock else statement)
    if found is None:
        raise NotFound
    return found
