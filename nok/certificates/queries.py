"""Every SELECT over certificates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, exists, select

from nok.accounts.models import Person
from nok.certificates.models import Certificate
from nok.certificates.rules import BoardHours, added_up, masked
from nok.core.audit import AuditLine
from nok.core.clock import now
from nok.core.db import db, locked
from nok.core.errors import NotFound
from nok.core.ids import read_serial
from nok.courses.models import CourseRevision
from nok.credits.rules import hours_by_board
from nok.enrollments.models import Enrollment
from nok.formats.certificate_facts import CreditLine, HolderLicense, from_json
from nok.learning.models import Completion

MADE_WITHIN = timedelta(minutes=10)  # it takes seconds; what takes longer has failed at least once


@dataclass(frozen=True)
class PublicCertificate:
    """What anyone with the serial may see: what the certificate shows, no more. `status` is valid or revoked.

    License numbers are masked, and of the test it says only that it was passed.
    """

    serial: str
    status: str
    holder_name: str
    licenses: tuple[HolderLicense, ...]
    course_title: str
    statement: str
    started_on: date | None
    completed_on: date
    issued_on: date
    hours: tuple[CreditLine, ...]
    total_hours: Decimal | None
    test_passed: bool
    teacher_name: str
    teacher_credentials: str
    provider_name: str
    provider_address: str
    provider_contact: str
    provider_phone: str
    responsible_person: str
    delivery: str
    place: str
    scope_notice: str
    keep_years: int
    pdf_sha256: str
    revoked_at: datetime | None
    revoked_reason: str


@dataclass(frozen=True)
class Waiting:
    """A completed course without a certificate; `late` when it should be there by now."""

    title: str
    late: bool


@dataclass(frozen=True)
class HolderPage:
    """A person's certificates, the latest first; the hours of those that stand, by board; courses that wait for one."""

    certificates: list[PublicCertificate]
    hours: list[BoardHours]
    waiting: list[Waiting]


def of_enrollment(enrollment_id: int) -> Certificate | None:
    """Return the certificate of an enrollment, or None."""
    return db.session.scalar(select(Certificate).where(Certificate.enrollment_id == enrollment_id))


def certificate(certificate_id: int) -> Certificate:
    """Return a certificate; raise NotFound."""
    found = db.session.get(Certificate, certificate_id)
    if found is None:
        raise NotFound
    return found


def locked_certificate(certificate_id: int) -> Certificate:
    """Return a certificate as it is now; nobody else changes it until the commit."""
    return db.session.scalars(locked(select(Certificate).where(Certificate.id == certificate_id))).one()


def of_holder(person_id: int, serial: str) -> Certificate:
    """Return the person's own certificate with this serial; raise NotFound for anyone else's."""
    found = db.session.scalar(
        select(Certificate).where(Certificate.serial == serial, Certificate.person_id == person_id)
    )
    if found is None:
        raise NotFound
    return found


def holder_page(person: Person) -> HolderPage:
    """Return what a person sees of their certificates."""
    rows = db.session.scalars(
        select(Certificate).where(Certificate.person_id == person.id).order_by(Certificate.id.desc())
    )
    shown = [_shown(row) for row in rows]
    standing = [hours_by_board(certificate.hours) for certificate in shown if certificate.status == "valid"]
    completed = db.session.execute(_waiting(person.id, select(CourseRevision.title, Completion.completed_at)))
    confirmed_at = person.license_name_confirmed_at
    waiting = [
        Waiting(title, confirmed_at is not None and max(completed_at, confirmed_at) + MADE_WITHIN < now())
        for title, completed_at in completed
    ]
    return HolderPage(shown, added_up(standing), waiting)


def waiting_enrollments(person_id: int) -> Sequence[int]:
    """Return the person's completed enrollments that have no certificate yet."""
    return db.session.scalars(_waiting(person_id, select(Enrollment.id))).all()


def is_recorded(action: str, subject: str) -> bool:
    """Whether the audit log knows of this act."""
    return bool(db.session.scalar(select(exists().where(AuditLine.subject == subject, AuditLine.action == action))))


def serials_by_enrollment(person_id: int) -> dict[int, str]:
    """Return the serials of the person's certificates by enrollment."""
    pairs = select(Certificate.enrollment_id, Certificate.serial).where(Certificate.person_id == person_id)
    return {row.enrollment_id: row.serial for row in db.session.execute(pairs)}


def public(typed: str) -> PublicCertificate | None:
    """Return what the certificate with this serial shows, or None.

    A text that cannot be a serial is looked up all the same: an altered serial must not be told apart by its speed.
    """
    found = db.session.scalar(select(Certificate).where(Certificate.serial == (read_serial(typed) or "")))
    return _shown(found) if found is not None else None


def _waiting(person_id: int, statement: "Select[*tuple[Any, ...]]") -> "Select[*tuple[Any, ...]]":
    return (
        statement.join_from(Enrollment, CourseRevision, CourseRevision.id == Enrollment.revision_id)
        .join(Completion, Completion.enrollment_id == Enrollment.id)
        .outerjoin(Certificate, Certificate.enrollment_id == Enrollment.id)
        .where(Enrollment.person_id == person_id, Certificate.id.is_(None))
        .order_by(Enrollment.id)
    )


def _shown(row: Certificate) -> PublicCertificate:
    facts = from_json(row.facts)
    return PublicCertificate(
        serial=row.serial,
        status="revoked" if row.revoked_at else "valid",
        holder_name=facts.holder_name,
        licenses=tuple(replace(held, number=masked(held.number)) for held in facts.holder_licenses),
        course_title=facts.course_title,
        statement=facts.statement,
        started_on=facts.started_on,
        completed_on=facts.completed_on,
        issued_on=facts.issued_on,
        hours=facts.hours,
        total_hours=facts.total_hours,
        test_passed=facts.score_percent is not None,
        teacher_name=facts.teacher_name,
        teacher_credentials=facts.teacher_credentials,
        provider_name=facts.provider_name,
        provider_address=facts.provider_address,
        provider_contact=facts.provider_contact,
        provider_phone=facts.provider_phone,
        responsible_person=facts.responsible_person,
        delivery=facts.delivery,
        place=facts.place,
        scope_notice=facts.scope_notice,
        keep_years=facts.keep_years,
        pdf_sha256=row.pdf_sha256,
        revoked_at=row.revoked_at,
        revoked_reason=row.revoked_reason or "",
    )
