"""Every SELECT over progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from nok.assessments import queries as assessments
from nok.assessments.models import Attempt
from nok.assessments.rules import attempts_left
from nok.core.db import db, locked
from nok.courses.models import Lesson, LessonKind
from nok.enrollments.models import Enrollment
from nok.learning import rules
from nok.learning.models import ActivePlayer, Completion, LessonProgress, WatchSession


@dataclass(frozen=True)
class Standing:
    """A person's place in a course: lessons in order, progress by lesson id, attempts by lesson id, the gates."""

    enrollment: Enrollment
    lessons: Sequence[Lesson]
    progress: dict[int, LessonProgress]
    attempts: dict[int, list[Attempt]]
    gates: list[rules.Gate]

    def is_done(self, lesson: Lesson) -> bool:
        """Whether the lesson is done: watched or read, or, for a test, passed."""
        if lesson.kind is LessonKind.TEST:
            return any(attempt.passed for attempt in self.attempts.get(lesson.id, ()))
        return lesson.id in self.progress and self.progress[lesson.id].completed_at is not None

    def next_lesson(self) -> Lesson | None:
        """Return the lesson to go on with: the one begun last, the first that is not done, or the first of all."""
        undone = [lesson for lesson in self.lessons if not self.is_done(lesson)]
        begun = [lesson for lesson in undone if lesson.id in self.progress]
        if begun:
            return max(begun, key=lambda lesson: self.progress[lesson.id].id)
        return next(iter(undone or self.lessons), None)

    def by_slug(self, slug: str) -> Lesson | None:
        """Return the lesson with this slug in the pinned revision, or None."""
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)


def standing(enrollment: Enrollment) -> Standing:
    """Return where the enrollment stands; two statements, however many lessons there are."""
    rows = db.session.execute(
        select(Lesson, LessonProgress)
        .join(Lesson.section)
        .outerjoin(
            LessonProgress,
            and_(LessonProgress.lesson_id == Lesson.id, LessonProgress.enrollment_id == enrollment.id),
        )
        .options(contains_eager(Lesson.section), joinedload(Lesson.video))
        .where(Lesson.revision_id == enrollment.revision_id)
        .order_by(Lesson.position)
        .execution_options(populate_existing=True)
    ).all()
    lessons = [lesson for lesson, _ in rows]
    attempts: dict[int, list[Attempt]] = {}
    for attempt in assessments.attempts(enrollment.id):
        attempts.setdefault(attempt.lesson_id, []).append(attempt)
    progress = {found.lesson_id: found for _, found in rows if found is not None}
    bare = Standing(enrollment, lessons, progress, attempts, [])
    work = [_work(bare, lesson) for lesson in lessons]
    return Standing(enrollment, lessons, progress, attempts, rules.gates(work, enrollment.revision.pass_mark))


def _work(standing: Standing, lesson: Lesson) -> rules.Work:
    tries = [attempt for attempt in standing.attempts.get(lesson.id, ()) if attempt.submitted_at is not None]
    return rules.Work(
        slug=lesson.slug,
        test=lesson.kind is LessonKind.TEST,
        done=standing.is_done(lesson),
        best_percent=max((attempt.score_percent or 0 for attempt in tries), default=None),
        attempts_left=attempts_left(standing.enrollment.revision.attempts, len(tries)),
    )


@dataclass(frozen=True)
class Overview:
    """How far an enrollment is: lessons done, tests included; which one to go on with; when all gates were done."""

    done: int
    total: int
    next_slug: str
    next_title: str
    completed_at: datetime | None


def overviews(person_id: int) -> dict[int, Overview]:
    """Return how far each enrollment of a person is, by its id; two statements, however many there are."""
    passed = select(Attempt.id).where(
        Attempt.enrollment_id == Enrollment.id, Attempt.lesson_id == Lesson.id, Attempt.passed.is_(True)
    )
    rows = db.session.execute(
        select(
            Enrollment.id,
            Lesson.slug,
            Lesson.title,
            or_(LessonProgress.completed_at.is_not(None), passed.exists()).label("done"),
            func.coalesce(LessonProgress.id, 0).label("begun"),
        )
        .join(Lesson, Lesson.revision_id == Enrollment.revision_id)
        .outerjoin(
            LessonProgress,
            and_(LessonProgress.lesson_id == Lesson.id, LessonProgress.enrollment_id == Enrollment.id),
        )
        .where(Enrollment.person_id == person_id)
        .order_by(Enrollment.id, Lesson.position)
    ).all()
    ends = db.session.execute(
        select(Completion.enrollment_id, Completion.completed_at)
        .join(Enrollment, Enrollment.id == Completion.enrollment_id)
        .where(Enrollment.person_id == person_id)
    )
    completed = {row.enrollment_id: row.completed_at for row in ends}
    found: dict[int, Overview] = {}
    for enrollment_id, lessons in groupby(rows, key=itemgetter(0)):
        listed = list(lessons)
        undone = [row for row in listed if not row.done] or listed
        following = max(undone, key=attrgetter("begun"))  # the first of them, where none is begun
        done = sum(1 for row in listed if row.done)
        found[enrollment_id] = Overview(
            done, len(listed), following.slug, following.title, completed.get(enrollment_id)
        )
    return found


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
