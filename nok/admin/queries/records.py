"""Courses, enrollments and certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Select, and_, func, select, type_coerce

from nok.accounts.models import Person
from nok.admin.queries import lists
from nok.certificates.models import Certificate
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.ids import read_serial
from nok.core.pagination import Page
from nok.courses.models import Course, CourseRevision
from nok.enrollments import queries as enrollments
from nok.enrollments.models import EndReason, Enrollment
from nok.learning.models import Completion


@dataclass(frozen=True)
class CourseLine:
    """A course in the list: how many are in it now, and how many have completed it."""

    slug: str
    title: str
    teacher: str
    revision: int
    published_at: datetime
    price_cents: int
    currency: str
    open: int
    completed: int


@dataclass(frozen=True)
class EnrollmentLine:
    """An enrollment in the list."""

    id: int
    person_id: int
    name: str
    email: str
    slug: str
    title: str
    started_at: datetime
    access_until: datetime | None
    ended_at: datetime | None
    end_reason: EndReason | None
    completed_at: datetime | None
    open: bool


@dataclass(frozen=True)
class CertificateLine:
    """A certificate in the list, as it was issued."""

    id: int
    serial: str
    person_id: int
    facts: dict[str, Any]
    issued_at: datetime
    revoked_at: datetime | None
    revoked_reason: str | None

    @property
    def completed_on(self) -> date:
        """The day it certifies."""
        return date.fromisoformat(self.facts["completed_on"])


def courses(words: str, number: int) -> Page[CourseLine]:
    """Return a page of the published courses, by title."""
    statement = (
        select(
            Course.slug,
            CourseRevision.title,
            Person.display_name,
            CourseRevision.number,
            CourseRevision.published_at,
            Course.price_cents,
            Course.currency,
            *_counts(),
        )
        .join(
            CourseRevision, and_(CourseRevision.course_id == Course.id, CourseRevision.number == Course.current_number)
        )
        .join(Person, Person.id == Course.teacher_id)
        .order_by(CourseRevision.title, Course.id)
    )
    if words:
        statement = statement.where(lists.holds(words, CourseRevision.title, Course.slug, Person.display_name))
    return lists.page(statement, CourseLine, number)


def enrollment_list(words: str, number: int) -> Page[EnrollmentLine]:
    """Return a page of the enrollments, the latest first, of people or courses whose names hold the words."""
    statement = _enrollments()
    if words:
        statement = statement.where(lists.holds(words, Person.display_name, Person.email, CourseRevision.title))
    return lists.page(statement, EnrollmentLine, number)


def enrollments_of(person_id: int) -> Sequence[EnrollmentLine]:
    """Return all of a person's enrollments."""
    rows = db.session.execute(_enrollments().where(Enrollment.person_id == person_id))
    return [EnrollmentLine(*row) for row in rows]


def certificates(words: str, number: int) -> Page[CertificateLine]:
    """Return a page of the certificates, the latest first, by serial, or by the holder's name or address."""
    statement = _certificates()
    if words:
        by_serial = Certificate.serial == (read_serial(words) or "")
        statement = statement.join(Person, Person.id == Certificate.person_id).where(
            by_serial | lists.holds(words, Person.display_name, Person.license_name, Person.email)
        )
    return lists.page(statement, CertificateLine, number)


def certificates_of(person_id: int) -> Sequence[CertificateLine]:
    """Return all of a person's certificates."""
    rows = db.session.execute(_certificates().where(Certificate.person_id == person_id))
    return [CertificateLine(*row) for row in rows]


def certificate(typed: str) -> Certificate:
    """Return the certificate with this serial; raise NotFound."""
    found = db.session.scalar(select(Certificate).where(Certificate.serial == (read_serial(typed) or "")))
    if found is None:
        raise NotFound
    return found


def _counts() -> tuple[Any, Any]:
    """Return how many are in a course now, and how many have completed it."""
    now_in_it = select(func.count()).where(Enrollment.course_id == Course.id, enrollments.opens_now())
    completed = (
        select(func.count())
        .select_from(Completion)
        .join(Enrollment, Enrollment.id == Completion.enrollment_id)
        .where(Enrollment.course_id == Course.id)
    )
    return now_in_it.correlate(Course).scalar_subquery(), completed.correlate(Course).scalar_subquery()


def _enrollments() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Enrollment.id,
            Enrollment.person_id,
            Person.display_name,
            Person.email,
            Course.slug,
            CourseRevision.title,
            Enrollment.started_at,
            Enrollment.access_until,
            Enrollment.ended_at,
            Enrollment.end_reason,
            Completion.completed_at,
            type_coerce(enrollments.opens_now(), Boolean).label("open"),
        )
        .join(Person, Person.id == Enrollment.person_id)
        .join(Enrollment.course)
        .join(Enrollment.revision)
        .outerjoin(Completion, Completion.enrollment_id == Enrollment.id)
        .order_by(Enrollment.id.desc())
    )


def _certificates() -> Select[*tuple[Any, ...]]:
    return select(
        Certificate.id,
        Certificate.serial,
        Certificate.person_id,
        Certificate.facts,
        Certificate.issued_at,
        Certificate.revoked_at,
        Certificate.revoked_reason,
    ).order_by(Certificate.id.desc())
