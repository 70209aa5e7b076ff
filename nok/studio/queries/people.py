"""The courses whose people someone looks after, and what those people have used of their tries."""

from dataclasses import dataclass

from sqlalchemy import and_, case, func, select

from nok.accounts.models import Person
from nok.accounts.policy import is_operator
from nok.assessments.models import Attempt
from nok.assessments.rules import attempts_left
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.pagination import Page
from nok.courses import queries as courses
from nok.courses.models import Course, CourseRevision, Lesson, LessonKind
from nok.enrollments.models import Enrollment
from nok.enrollments.policy import may_manage

PAGE_SIZE = 50


@dataclass(frozen=True)
class ManagedCourse:
    """A published course whose people someone looks after."""

    slug: str
    title: str
    people: int


def managed_courses(person: Person, page: int = 1) -> Page[ManagedCourse]:
    """Return a page of the published courses that the person teaches, of all for an operator; two statements."""
    where = [courses.is_current()] if is_operator(person) else [courses.is_current(), Course.teacher_id == person.id]
    counted = select(func.count()).select_from(CourseRevision).join(CourseRevision.course).where(*where)
    total = db.session.scalar(counted) or 0
    number = max(1, min(page, -(-total // PAGE_SIZE)))
    people = select(func.count(Enrollment.id)).where(Enrollment.course_id == Course.id).scalar_subquery()
    rows = db.session.execute(
        select(Course.slug, CourseRevision.title, people)
        .join(CourseRevision.course)
        .where(*where)
        .order_by(CourseRevision.title, Course.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([ManagedCourse(slug, title, count) for slug, title, count in rows], total, number, PAGE_SIZE)


def course_to_manage(person: Person, slug: str) -> CourseRevision:
    """Return the current revision of a course that the person teaches or operates; raise NotFound for others'."""
    revision = courses.current(slug)
    if not may_manage(person, revision.course.teacher_id):
        raise NotFound
    return revision


@dataclass(frozen=True)
class Tries:
    """What someone has used of their tries at a test: those handed in. `left` is None where any number is allowed."""

    title: str
    used: int
    left: int | None
    best_percent: int | None
    passed: bool

    @property
    def used_up(self) -> bool:
        """Whether the test stays closed to them unless another try is allowed."""
        return self.left == 0 and not self.passed


def tries(enrollment_id: int) -> list[Tries]:
    """Return what was used of the tries at each test of the edition someone is in, in its order; one statement."""
    handed_in = and_(
        Attempt.lesson_id == Lesson.id, Attempt.enrollment_id == Enrollment.id, Attempt.submitted_at.is_not(None)
    )
    rows = db.session.execute(
        select(
            Lesson.title,
            CourseRevision.attempts,
            Enrollment.extra_attempts,
            func.count(Attempt.id),
            func.max(Attempt.score_percent),
            func.max(case((Attempt.passed.is_(True), 1), else_=0)),
        )
        .join(Enrollment.revision)
        .join(Lesson, and_(Lesson.revision_id == CourseRevision.id, Lesson.kind == LessonKind.TEST))
        .outerjoin(Attempt, handed_in)
        .where(Enrollment.id == enrollment_id)
        .group_by(Lesson.id, Lesson.title, Lesson.position, CourseRevision.attempts, Enrollment.extra_attempts)
        .order_by(Lesson.position)
    )
    return [
        Tries(title, used, attempts_left(allowed, extra, used), best, bool(passed))
        for title, allowed, extra, used, best, passed in rows
    ]
