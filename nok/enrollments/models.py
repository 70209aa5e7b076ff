"""Enrollments."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.core.db import BigId, Created, Id, Model, UtcDateTime, words_of
from nok.courses.models import Course, CourseRevision


class EndReason(enum.StrEnum):
    """Why an enrollment ended before its access window did."""

    LEFT = "left"
    REMOVED = "removed"
    REFUNDED = "refunded"


class Enrollment(Model):
    """A person in a course, once. `revision_id` is what they began with and stay on.

    The lessons are closed from `ended_at` on, and from `access_until` on, the end of the access window, when there is
    one. Certificates outlive both. `enrolled_by_id` is who enrolled them, empty when they did it themselves.
    `extra_attempts` are those at each test that the teacher has allowed beyond what the revision says.
    """

    __tablename__ = "enrollment"
    __table_args__ = (UniqueConstraint("person_id", "course_id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("course.id"), index=True)
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("course_revision.id"), index=True)
    started_at: Mapped[Created]
    access_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    ending_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[EndReason | None] = mapped_column(words_of(EndReason))
    enrolled_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    extra_attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    course: Mapped[Course] = relationship(lazy="raise_on_sql")
    revision: Mapped[CourseRevision] = relationship(lazy="raise_on_sql")
