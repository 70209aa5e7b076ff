"""Where an enrollment stands: its lessons, what is done of them, and its gates."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import contains_eager, joinedload

from nok.assessments import queries as assessments
from nok.assessments.models import Attempt, Evaluation, Worksheet, WorksheetState
from nok.assessments.rules import attempts_left
from nok.core.db import db
from nok.courses.models import Lesson, LessonKind
from nok.enrollments.models import Enrollment
from nok.learning import rules
from nok.learning.models import LessonProgress

HANDED_IN = frozenset({WorksheetState.SUBMITTED, WorksheetState.ACCEPTED})
GATES = {
    LessonKind.TEST: rules.GateKind.TEST,
    LessonKind.WORKSHEET: rules.GateKind.WORKSHEET,
    LessonKind.EVALUATION: rules.GateKind.EVALUATION,
}


@dataclass(frozen=True)
class Standing:
    """A person's place in a course: lessons in order, what there is of each by lesson id, the gates.

    `evaluated` holds the lessons whose evaluation was sent.
    """

    enrollment: Enrollment
    lessons: Sequence[Lesson]
    progress: dict[int, LessonProgress]
    attempts: dict[int, list[Attempt]]
    gates: list[rules.Gate]
    worksheets: dict[int, Worksheet] = field(default_factory=dict)
    evaluated: frozenset[int] = frozenset()

    def is_done(self, lesson: Lesson) -> bool:
        """Whether the lesson is done: watched or read; passed; accepted by the reviewer; or evaluated."""
        if lesson.kind is LessonKind.TEST:
            return any(attempt.passed for attempt in self.attempts.get(lesson.id, ()))
        if lesson.kind is LessonKind.WORKSHEET:
            return self._worksheet_state(lesson) is WorksheetState.ACCEPTED
        if lesson.kind is LessonKind.EVALUATION:
            return lesson.id in self.evaluated
        return lesson.id in self.progress and self.progress[lesson.id].completed_at is not None

    def is_begun(self, lesson: Lesson) -> bool:
        """Whether there is anything of the lesson yet."""
        return any(lesson.id in kept for kept in (self.progress, self.attempts, self.worksheets, self.evaluated))

    def is_handed_in(self, lesson: Lesson) -> bool:
        """Whether a worksheet was handed in and has not come back."""
        return self._worksheet_state(lesson) in HANDED_IN

    def attempts_left(self, used: int) -> int | None:
        """Return how many more attempts at a test the person has after so many, or None for any number."""
        return attempts_left(self.enrollment.revision.attempts, self.enrollment.extra_attempts, used)

    def next_lesson(self) -> Lesson | None:
        """Return the lesson to go on with: the one begun last, the first that is not done, or the first of all.

        A worksheet that the teacher has now is not gone on with, while there is anything else to do.
        """
        undone = [lesson for lesson in self.lessons if not self.is_done(lesson)]
        mine = [lesson for lesson in undone if not self.is_handed_in(lesson)]
        begun = [lesson for lesson in mine if lesson.id in self.progress]
        if begun:
            return max(begun, key=lambda lesson: self.progress[lesson.id].id)
        return next(iter(mine or undone or self.lessons), None)

    def by_slug(self, slug: str) -> Lesson | None:
        """Return the lesson with this slug in the pinned revision, or None."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)

    def gate(self, kind: rules.GateKind) -> rules.Gate | None:
        """Return the gate of this kind, or None where the course has none."""
        return next((gate for gate in self.gates if gate.kind is kind), None)

    def _worksheet_state(self, lesson: Lesson) -> WorksheetState | None:
        worksheet = self.worksheets.get(lesson.id)
        return None if worksheet is None else worksheet.state


def standing(enrollment: Enrollment) -> Standing:
    """Return where the enrollment stands; two statements, however many lessons there are."""
    place = {"enrollment": enrollment.id, "revision": enrollment.revision_id}
    rows = db.session.execute(_lessons(), place).all()
    attempts: dict[int, list[Attempt]] = {}
    for attempt in assessments.attempts(enrollment.id):
        attempts.setdefault(attempt.lesson_id, []).append(attempt)
    bare = Standing(
        enrollment,
        [lesson for lesson, *_ in rows],
        {lesson.id: progress for lesson, progress, _, _ in rows if progress is not None},
        attempts,
        [],
        {lesson.id: worksheet for lesson, _, worksheet, _ in rows if worksheet is not None},
        frozenset(lesson.id for lesson, _, _, evaluation in rows if evaluation is not None),
    )
    work = [_work(bare, lesson) for lesson in bare.lessons]
    return replace(bare, gates=rules.gates(work, enrollment.revision.pass_mark))


@cache  # on every lesson's page: to build the statement takes longer than to run it
def _lessons() -> "Select[*tuple[Any, ...]]":
    statement = select(Lesson, LessonProgress, Worksheet, Evaluation.id).join(Lesson.section)
    for part in (LessonProgress, Worksheet, Evaluation):
        of_lesson = and_(part.lesson_id == Lesson.id, part.enrollment_id == bindparam("enrollment"))
        statement = statement.outerjoin(part, of_lesson)
    return (
        statement.options(contains_eager(Lesson.section), joinedload(Lesson.video))
        .where(Lesson.revision_id == bindparam("revision"))
        .order_by(Lesson.position)
        .execution_options(populate_existing=True)
    )


def _work(standing: Standing, lesson: Lesson) -> rules.Work:
    tries = [attempt for attempt in standing.attempts.get(lesson.id, ()) if attempt.submitted_at is not None]
    worksheet = standing.worksheets.get(lesson.id)
    return rules.Work(
        slug=lesson.slug,
        kind=GATES.get(lesson.kind, rules.GateKind.WATCH),
        done=standing.is_done(lesson),
        handed_in=standing.is_handed_in(lesson),
        returned=worksheet is not None and worksheet.state is WorksheetState.RETURNED,
        best_percent=max((attempt.score_percent or 0 for attempt in tries), default=None),
        attempts_left=standing.attempts_left(len(tries)),
    )
