"""Every SELECT over enrollments."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from nok.core.db import db
from nok.core.errors import NotFound
from nok.courses.models import Course, Lesson
from nok.enrollments.models import Enrollment


def find(person_id: int, course_id: int) -> Enrollment | None:
    """Return the person's enrollment in the course, or None."""
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
    db.session.execute(select(Enrollment.id).where(Enrollment.id == enrollment_id).with_for_update())


def open_enrollment(person_id: int, course_slug: str) -> Enrollment:
    """Return the person's enrollment that opens the lessons, course and revision loaded; raise NotFound."""
    found = db.session.scalar(
        _loaded().where(Enrollment.person_id == person_id, Course.slug == course_slug, Enrollment.ended_at.is_(None))
    )
    if found is None:
        raise NotFound
    return found


def of_lesson(person_id: int, lesson_id: int) -> tuple[Enrollment, Lesson]:
    """Return a lesson, its video loaded, and the person's enrollment that opens it; raise NotFound."""
    found = db.session.execute(
        select(Enrollment, Lesson)
        .join(Enrollment.revision)
        .join(Enrollment.course)
        .join(Lesson, Lesson.revision_id == Enrollment.revision_id)
        .options(contains_eager(Enrollment.revision), contains_eager(Enrollment.course), joinedload(Lesson.video))
        .where(Lesson.id == lesson_id, Enrollment.person_id == person_id, Enrollment.ended_at.is_(None))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


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


def _loaded() -> "Select[Enrollment]":
    return (
        select(Enrollment)
        .join(Enrollment.course)
        .join(Enrollment.revision)
        .options(contains_eager(Enrollment.course), contains_eager(Enrollment.revision))
    )
