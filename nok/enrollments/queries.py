"""Every SELECT over enrollments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Row, Select, and_, bindparam, func, or_, select, type_coerce
from sqlalchemy.orm import contains_eager, load_only

from nok.accounts.models import Person
from nok.core.clock import now
from nok.core.db import db, locked
from nok.core.errors import NotFound
from nok.core.pagination import Page
from nok.courses.models import Course, Lesson
from nok.enrollments.models import Enrollment
from nok.enrollments.rules import is_open
from nok.media.models import Video, VideoStatus

PAGE_SIZE = 50


def find(person_id: int, course_id: int) -> Enrollment | None:
    """Return the person's enrollment in the course, open or not, or None."""
    return db.session.scalar(
        select(Enrollment).where(Enrollment.person_id == person_id, Enrollment.course_id == course_id)
    )


def enrollment_of(person_id: int, course_id: int) -> Enrollment:
    """Return the person's enrollment in the course; raise NotFound."""
    found = find(person_id, course_id)
    if found is None:
        raise NotFound
    return found


def lock(enrollment_id: int) -> None:
    """Let no other request decide about this enrollment until the commit."""
    # Not against rows that only begin to refer to it: on PostgreSQL a plain FOR UPDATE waits for those, too, and two
    # requests that each begin a row and then decide would wait for each other.
    db.session.execute(select(Enrollment.id).where(Enrollment.id == enrollment_id).with_for_update(key_share=True))


def open_enrollment(person_id: int, course_slug: str) -> Enrollment:
    """Return the person's enrollment that opens the lessons, course and revision loaded; raise NotFound."""
    found = db.session.scalar(
        _loaded().where(Enrollment.person_id == person_id, Course.slug == course_slug, opens_now())
    )
    if found is None:
        raise NotFound
    return found


def of_course(person_id: int, course_slug: str) -> Enrollment | None:
    """Return the person's enrollment in the course, open or not, course and revision loaded, or None."""
    return db.session.scalar(_of_course(), {"person": person_id, "slug": course_slug})


@cache  # on every lesson's page: to build the statement takes longer than to run it
def _of_course() -> "Select[Enrollment]":
    return _loaded().where(Enrollment.person_id == bindparam("person"), Course.slug == bindparam("slug"))


@dataclass(frozen=True)
class Seat:
    """A person at a lesson that is open to them: all that the first beat of a player needs to know.

    `length_ms` is the film's, and 0 while there is none that can be watched.
    """

    enrollment_id: int
    person_id: int
    lesson_id: int
    length_ms: int


def seat(person_id: int, lesson_id: int) -> Seat:
    """Return the person's seat at a lesson; raise NotFound when their enrollment does not open it."""
    row = db.session.execute(_seat(), {"person": person_id, "lesson": lesson_id}).one_or_none()
    if row is None or not is_open(row.ended_at, row.access_until, now()):
        raise NotFound
    return Seat(row.id, person_id, lesson_id, row.length_ms or 0)


@cache
def _seat() -> "Select[*tuple[Any, ...]]":
    return (
        select(Enrollment.id, Enrollment.ended_at, Enrollment.access_until, Video.length_ms)
        .join(Lesson, Lesson.revision_id == Enrollment.revision_id)
        .outerjoin(Video, and_(Video.id == Lesson.video_id, Video.status == VideoStatus.READY))
        .where(Lesson.id == bindparam("lesson"), Enrollment.person_id == bindparam("person"))
    )


def enrollment(enrollment_id: int) -> Enrollment:
    """Return an enrollment, course and revision loaded; raise NotFound."""
    found = db.session.scalar(_loaded().where(Enrollment.id == enrollment_id))
    if found is None:
        raise NotFound
    return found


def of_person(person_id: int) -> Sequence[Enrollment]:
    """Return the person's enrollments, the latest first, course and revision loaded."""
    return db.session.scalars(
        _loaded().where(Enrollment.person_id == person_id).order_by(Enrollment.started_at.desc())
    ).all()


def closing(before: datetime, most: int) -> Sequence[Enrollment]:
    """Return up to `most` open enrollments whose window closes before a moment and who were not told, locked."""
    return db.session.scalars(
        select(Enrollment)
        .options(load_only(Enrollment.id))
        .where(opens_now(), Enrollment.access_until < before, Enrollment.ending_told_at.is_(None))
        .order_by(Enrollment.access_until)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()


@dataclass(frozen=True)
class Member:
    """A person in a course, as its teacher sees them: the enrollment, who it is, and whether the lessons are open."""

    enrollment: Enrollment
    name: str
    email: str
    open: bool


def members(course_id: int, page: int = 1) -> Page[Member]:
    """Return a page of the people who are or were in a course, the latest first; two statements."""
    where = Enrollment.course_id == course_id
    total = db.session.scalar(select(func.count()).select_from(Enrollment).where(where)) or 0
    number = max(1, min(page, -(-total // PAGE_SIZE)))
    rows = db.session.execute(
        _members(course_id)
        .order_by(Enrollment.started_at.desc(), Enrollment.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([_member(row) for row in rows], total, number, PAGE_SIZE)


def member(enrollment_id: int, course_id: int) -> Member:
    """Return one of them; raise NotFound for an enrollment in another course."""
    row = db.session.execute(_members(course_id).where(Enrollment.id == enrollment_id)).one_or_none()
    if row is None:
        raise NotFound
    return _member(row)


def in_course(enrollment_id: int, course_id: int) -> Enrollment:
    """Return an enrollment of this course, locked until the commit; raise NotFound for one of another."""
    statement = select(Enrollment).where(Enrollment.id == enrollment_id, Enrollment.course_id == course_id)
    found = db.session.scalar(locked(statement))
    if found is None:
        raise NotFound
    return found


def opens_now() -> ColumnElement[bool]:
    """As `rules.is_open`, asked of the database."""
    return and_(Enrollment.ended_at.is_(None), or_(Enrollment.access_until.is_(None), Enrollment.access_until > now()))


def _members(course_id: int) -> "Select[Enrollment, str, str, bool]":
    return (
        select(Enrollment, Person.display_name, Person.email, type_coerce(opens_now(), Boolean))
        .join(Person, Person.id == Enrollment.person_id)
        .where(Enrollment.course_id == course_id)
    )


def _member(row: Row[Enrollment, str, str, bool]) -> Member:
    enrollment, name, email, is_open = row
    return Member(enrollment, name, email, is_open)


def _loaded() -> "Select[Enrollment]":
    return (
        select(Enrollment)
        .join(Enrollment.course)
        .join(Enrollment.revision)
        .options(contains_eager(Enrollment.course), contains_eager(Enrollment.revision))
    )
