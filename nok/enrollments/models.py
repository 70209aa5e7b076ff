"""Enrollments."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.core.db import BigId, Created, Id, Model, UtcDateTime
from nok.courses.models import Course, CourseRevision


class Enrollment(Model):
    """A person in a course, once. `revision_id` is what they began with and stay on; `ended_at` closes the lessons."""

    __tablename__ = "enrollment"
    __table_args__ = (UniqueConstraint("person_id", "course_id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("course.id"), index=True)
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("course_revision.id"), index=True)
    started_at: Mapped[Created]
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    course: Mapped[Course] = relationship(lazy="raise_on_sql")
    revision: Mapped[CourseRevision] = relationship(lazy="raise_on_sql")
