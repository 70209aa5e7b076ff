"""Questions and attempts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import selectinload

from nok.assessments.models import Attempt, Choice, Question
from nok.core.db import db, locked
from nok.core.errors import NotFound


@dataclass(frozen=True)
class Asked:
    """A question of an attempt, with its choices in the order shown there."""

    question: Question
    choices: Sequence[Choice]


def questions(lesson_id: int) -> Sequence[Question]:
    """Return the questions of a test in order, with their choices; two statements."""
    return db.session.scalars(
        select(Question)
        .options(selectinload(Question.choices))
        .where(Question.lesson_id == lesson_id)
        .order_by(Question.position)
    ).all()


def asked(attempt: Attempt) -> list[Asked]:
    """Return what an attempt asks, in its order: what was drawn for it, and nothing else; two statements."""
    if not attempt.drawn:  # every question, as written
        return [Asked(question, question.choices) for question in questions(attempt.lesson_id)]
    drawn: list[tuple[int, list[int]]] = [(question, choices) for question, choices in attempt.drawn]
    rows = db.session.scalars(
        select(Question)
        .options(selectinload(Question.choices))
        .where(Question.lesson_id == attempt.lesson_id, Question.id.in_([question for question, _ in drawn]))
    )
    known = {row.id: row for row in rows}
    return [Asked(known[question], _in_order(known[question], choices)) for question, choices in drawn]


def attempts(enrollment_id: int, lesson_id: int | None = None) -> Sequence[Attempt]:
    """Return the attempts of an enrollment, at one test or at all, the first first."""
    statement = _attempts() if lesson_id is None else _attempts().where(Attempt.lesson_id == lesson_id)
    return db.session.scalars(statement, {"enrollment": enrollment_id}).all()


@cache  # on every lesson's page: to build the statement takes longer than to run it
def _attempts() -> "Select[Attempt]":
    mine = select(Attempt).where(Attempt.enrollment_id == bindparam("enrollment"))
    # As they are now: who waited for a lock must not decide by what was true before.
    return mine.order_by(Attempt.lesson_id, Attempt.number).execution_options(populate_existing=True)


def attempt(enrollment_id: int, lesson_id: int, number: int, *, lock: bool = False) -> Attempt:
    """Return one attempt of an enrollment; raise NotFound. With `lock`, no one else changes it until the commit."""
    statement = select(Attempt).where(
        Attempt.enrollment_id == enrollment_id, Attempt.lesson_id == lesson_id, Attempt.number == number
    )
    found = db.session.scalar(locked(statement) if lock else statement)
    if found is None:
        raise NotFound
    return found


def _in_order(question: Question, choices: Sequence[int]) -> list[Choice]:
    known = {choice.id: choice for choice in question.choices}
    return [known[choice] for choice in choices]
