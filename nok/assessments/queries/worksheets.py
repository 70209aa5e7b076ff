"""Worksheets, and what reviewers said of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Boolean, ColumnElement, Select, and_, func, select, true, type_coerce

from nok.accounts.models import Person, Role
from nok.assessments.models import Worksheet, WorksheetPrompt, WorksheetReview, WorksheetState
from nok.core.db import db, locked
from nok.core.errors import NotFound
from nok.core.pagination import Page
from nok.courses.models import Course, CourseRevision, Lesson
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment

PAGE_SIZE = 30


@dataclass(frozen=True)
class HandIn:
    """A worksheet with the names that say whose and which it is.

    `open` is whether the course, and their account, are open to the learner: only then they hear of a verdict.
    """

    worksheet: Worksheet
    learner_id: int
    learner_name: str
    teacher_id: int
    course_slug: str
    course_title: str
    lesson_slug: str
    lesson_title: str
    open: bool


def prompts(lesson_id: int) -> Sequence[WorksheetPrompt]:
    """Return the prompts of a worksheet in order."""
    return db.session.scalars(
        select(WorksheetPrompt).where(WorksheetPrompt.lesson_id == lesson_id).order_by(WorksheetPrompt.position)
    ).all()


def worksheet(enrollment_id: int, lesson_id: int) -> Worksheet | None:
    """Return what a learner wrote, locked until the commit, or None."""
    statement = select(Worksheet).where(Worksheet.enrollment_id == enrollment_id, Worksheet.lesson_id == lesson_id)
    return db.session.scalar(locked(statement))


def reviews(worksheet_id: int) -> Sequence[WorksheetReview]:
    """Return the reviews of a worksheet, the latest first."""
    return db.session.scalars(
        select(WorksheetReview).where(WorksheetReview.worksheet_id == worksheet_id).order_by(WorksheetReview.id.desc())
    ).all()


def review(review_id: int) -> WorksheetReview:
    """Return a review; raise NotFound."""
    found = db.session.get(WorksheetReview, review_id)
    if found is None:
        raise NotFound
    return found


def hand_in(worksheet_id: int) -> HandIn:
    """Return a worksheet with its names; raise NotFound."""
    return _one(_hand_ins().where(Worksheet.id == worksheet_id))


def worksheet_for_reviewer(person: Person, worksheet_id: int, *, lock: bool = False) -> HandIn:
    """Return a worksheet that was handed in and that this person may review; raise NotFound for any other.

    With `lock`, no one else changes it until the commit.
    """
    statement = _hand_ins().where(
        Worksheet.id == worksheet_id, Worksheet.submitted_at.is_not(None), _may_review(person)
    )
    if lock:
        statement = statement.with_for_update(of=Worksheet).execution_options(populate_existing=True)
    return _one(statement)


def waiting(person: Person, page: int = 1) -> Page[HandIn]:
    """Return a page of the worksheets that wait for this reviewer, the one that waits longest first; two statements."""
    total = waiting_count(person)
    number = max(1, min(page, -(-total // PAGE_SIZE)))
    rows = db.session.execute(
        _hand_ins()
        .where(waits(), _may_review(person))
        .order_by(Worksheet.submitted_at, Worksheet.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([HandIn(*row) for row in rows], total, number, PAGE_SIZE)


def waiting_count(person: Person) -> int:
    """Return how many worksheets wait for this reviewer."""
    counted = (
        select(func.count())
        .select_from(Worksheet)
        .join(Enrollment, Enrollment.id == Worksheet.enrollment_id)
        .join(Course, Course.id == Enrollment.course_id)
        .where(waits(), _may_review(person))
    )
    return db.session.scalar(counted) or 0


def waits() -> ColumnElement[bool]:
    """Return the condition that a worksheet, its enrollment joined, waits for a review.

    One whose learner has left the course, or whose access is over, does not: nothing could follow for them.
    """
    return and_(Worksheet.state == WorksheetState.SUBMITTED, enrollments.opens_now())


def _hand_ins() -> "Select[Worksheet, int, str, int, str, str, str, str, bool]":
    is_open = and_(enrollments.opens_now(), Person.suspended_at.is_(None))
    return (
        select(
            Worksheet,
            Person.id,
            Person.display_name,
            Course.teacher_id,
            Course.slug,
            CourseRevision.title,
            Lesson.slug,
            Lesson.title,
            type_coerce(is_open, Boolean),
        )
        .join(Enrollment, Enrollment.id == Worksheet.enrollment_id)
        .join(Person, Person.id == Enrollment.person_id)
        .join(Course, Course.id == Enrollment.course_id)
        .join(CourseRevision, CourseRevision.id == Enrollment.revision_id)
        .join(Lesson, Lesson.id == Worksheet.lesson_id)
    )


def _may_review(person: Person) -> ColumnElement[bool]:
    """Return the condition that the course is the person's own; an operator may review in every one."""
    return true() if person.role is Role.OPERATOR else Course.teacher_id == person.id


def _one(statement: "Select[Worksheet, int, str, int, str, str, str, str, bool]") -> HandIn:
    row = db.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound
    return HandIn(*row)
