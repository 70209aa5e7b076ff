"""How far each of a person's enrollments is, for lists of courses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Integer, Select, Subquery, and_, case, func, or_, select

from nok.assessments.models import Attempt, Evaluation, Worksheet, WorksheetState
from nok.assessments.rules import attempts_left
from nok.core.db import db
from nok.courses.models import CourseRevision, Lesson
from nok.enrollments.models import Enrollment
from nok.learning import rules
from nok.learning.models import Completion, LessonProgress
from nok.learning.queries.sentences import gate_sentence
from nok.learning.queries.standing import GATES, HANDED_IN


@dataclass(frozen=True)
class Overview:
    """How far an enrollment is: lessons done, tests, worksheets and evaluations included, and which one to go on with.

    `completed_at` is when all gates were done. `gate` says how the next gate stands, '' when all are done.
    """

    done: int
    total: int
    next_slug: str
    next_title: str
    completed_at: datetime | None
    gate: str


def overviews(person_id: int) -> dict[int, Overview]:
    """Return how far each enrollment of a person is, by its id; two statements, however many there are."""
    rows = db.session.execute(_lessons(person_id)).all()
    ends = db.session.execute(
        select(Completion.enrollment_id, Completion.completed_at)
        .join(Enrollment, Enrollment.id == Completion.enrollment_id)
        .where(Enrollment.person_id == person_id)
    )
    completed = {row.enrollment_id: row.completed_at for row in ends}
    return {
        enrollment_id: _overview(list(lessons), completed.get(enrollment_id))
        for enrollment_id, lessons in groupby(rows, key=attrgetter("enrollment_id"))
    }


def _lessons(person_id: int) -> "Select[*tuple[Any, ...]]":
    tries = _tries(person_id)
    statement = (
        select(
            Enrollment.id.label("enrollment_id"),
            Lesson.slug,
            Lesson.title,
            Lesson.kind,
            CourseRevision.pass_mark,
            CourseRevision.attempts,
            Enrollment.extra_attempts,
            tries.c.best,
            func.coalesce(tries.c.used, 0).label("used"),
            Worksheet.state,
            or_(
                LessonProgress.completed_at.is_not(None),
                tries.c.passes > 0,
                Worksheet.state == WorksheetState.ACCEPTED,
                Evaluation.id.is_not(None),
            ).label("done"),
            func.coalesce(LessonProgress.id, 0).label("begun"),
        )
        .join(Lesson, Lesson.revision_id == Enrollment.revision_id)
        .join(CourseRevision, CourseRevision.id == Enrollment.revision_id)
        .outerjoin(tries, and_(tries.c.lesson_id == Lesson.id, tries.c.enrollment_id == Enrollment.id))
    )
    for part in (LessonProgress, Worksheet, Evaluation):
        of_lesson = and_(part.lesson_id == Lesson.id, part.enrollment_id == Enrollment.id)
        statement = statement.outerjoin(part, of_lesson)
    return statement.where(Enrollment.person_id == person_id).order_by(Enrollment.id, Lesson.position)


def _tries(person_id: int) -> Subquery:
    """The attempts handed in, counted by enrollment and test."""
    return (
        select(
            Attempt.enrollment_id,
            Attempt.lesson_id,
            func.max(Attempt.score_percent).label("best"),
            func.count().label("used"),
            func.sum(case((Attempt.passed.is_(True), 1), else_=0), type_=Integer).label("passes"),
        )
        .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
        .where(Enrollment.person_id == person_id, Attempt.submitted_at.is_not(None))
        .group_by(Attempt.enrollment_id, Attempt.lesson_id)
        .subquery()
    )


def _overview(rows: Sequence[Any], completed_at: datetime | None) -> Overview:
    undone = [row for row in rows if not row.done]
    mine = [row for row in undone if row.state not in HANDED_IN]
    following = max(mine or undone or rows, key=attrgetter("begun"))  # the first of them, where none is begun
    gate = rules.next_gate(rules.gates([_work(row) for row in rows], rows[0].pass_mark))
    return Overview(
        done=len(rows) - len(undone),
        total=len(rows),
        next_slug=following.slug,
        next_title=following.title,
        completed_at=completed_at,
        gate=gate_sentence(gate, {row.slug: row.title for row in rows}) if gate else "",
    )


def _work(row: Any) -> rules.Work:
    return rules.Work(
        slug=row.slug,
        kind=GATES.get(row.kind, rules.GateKind.WATCH),
        done=bool(row.done),
        handed_in=row.state in HANDED_IN,
        returned=row.state is WorksheetState.RETURNED,
        best_percent=row.best,
        attempts_left=attempts_left(row.attempts, row.extra_attempts, row.used),
    )
