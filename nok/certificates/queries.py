"""Every SELECT over certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from nok.certificates.models import Certificate
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.ids import read_serial
from nok.courses.models import CourseRevision
from nok.enrollments.models import Enrollment
from nok.learning.models import Completion


@dataclass(frozen=True)
class PublicLine:
    """Hours as the certificate shows them."""

    board_name: str
    number: str
    category: str
    hours: Decimal


@dataclass(frozen=True)
class PublicCertificate:
    """What anyone with the serial may see: what the certificate shows, no more. `status` is valid or revoked."""

    serial: str
    status: str
    holder_name: str
    course_title: str
    statement: str
    completed_on: date
    issued_on: date
    hours: tuple[PublicLine, ...]
    teacher_name: str
    provider_name: str
    delivery: str
    scope_notice: str
    pdf_sha256: str
    revoked_at: datetime | None
    revoked_reason: str


def of_enrollment(enrollment_id: int) -> Certificate | None:
    """Return the certificate of an enrollment, or None."""
    return db.session.scalar(select(Certificate).where(Certificate.enrollment_id == enrollment_id))


def certificate(certificate_id: int) -> Certificate:
    """Return a certificate; raise NotFound."""
    found = db.session.get(Certificate, certificate_id)
    if found is None:
        raise NotFound
    return found


def of_holder(person_id: int, serial: str) -> Certificate:
    """Return the person's own certificate with this serial; raise NotFound for anyone else's."""
    found = db.session.scalar(
        select(Certificate).where(Certificate.serial == serial, Certificate.person_id == person_id)
    )
    if found is None:
        raise NotFound
    return found


def all_of_holder(person_id: int) -> list[PublicCertificate]:
    """Return the person's certificates, the latest first."""
    rows = db.session.scalars(
        select(Certificate).where(Certificate.person_id == person_id).order_by(Certificate.id.desc())
    )
    return [_shown(row) for row in rows]


def waiting_titles(person_id: int) -> Sequence[str]:
    """Return the titles of completed courses whose certificate is still being made."""
    return db.session.scalars(
        select(CourseRevision.title)
        .join(Enrollment, Enrollment.revision_id == CourseRevision.id)
        .join(Completion, Completion.enrollment_id == Enrollment.id)
        .outerjoin(Certificate, Certificate.enrollment_id == Enrollment.id)
        .where(Enrollment.person_id == person_id, Certificate.id.is_(None))
    ).all()


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


def _shown(row: Certificate) -> PublicCertificate:
    facts = row.facts
    return PublicCertificate(
        serial=row.serial,
        status="revoked" if row.revoked_at else "valid",
        holder_name=facts["holder_name"],
        course_title=facts["course_title"],
        statement=facts["statement"],
        completed_on=date.fromisoformat(facts["completed_on"]),
        issued_on=date.fromisoformat(facts["issued_on"]),
        hours=tuple(
            PublicLine(line["board_name"], line["number"], line["category"], Decimal(line["hours"]))
            for line in facts["hours"]
        ),
        teacher_name=facts["teacher_name"],
        provider_name=facts["provider_name"],
        delivery=facts["delivery"],
        scope_notice=facts["scope_notice"],
        pdf_sha256=row.pdf_sha256,
        revoked_at=row.revoked_at,
        revoked_reason=row.revoked_reason or "",
    )
