"""Issue a certificate: gather the facts, set the page, sign it, keep it."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from nok.accounts import queries as accounts
from nok.assessments import queries as assessments
from nok.certificates import queries
from nok.certificates.messages import CertificateIssued
from nok.certificates.models import Certificate
from nok.certificates.service.signing import signed_pdf
from nok.core import audit, outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.ids import new_serial
from nok.core.storage import open_storage
from nok.courses import queries as courses
from nok.credits import queries as credits_queries
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment
from nok.formats.certificate_facts import CertificateFacts, CreditLine
from nok.learning import queries as learning
from nok.settings import Settings

REASON = "Certificate of completion issued"


def issue(settings: Settings, enrollment_id: int) -> Certificate:
    """Issue the certificate of a completed enrollment, once: asked again, the one there is is returned.

    Raise NotFound when the enrollment is not completed. The unique enrollment guards against two workers at once.
    """
    known = queries.of_enrollment(enrollment_id)
    if known is not None:
        return known
    enrollment = enrollments.enrollment(enrollment_id)
    facts = _facts(settings, enrollment)
    pdf = _signed(settings, facts)
    key = f"certificates/{facts.serial}.pdf"
    certificate = Certificate(
        serial=facts.serial,
        enrollment_id=enrollment_id,
        person_id=enrollment.person_id,
        facts=_plain(facts),
        pdf_key=key,
        pdf_sha256=open_storage(settings).put(key, pdf),
    )
    db.session.add(certificate)
    db.session.flush()
    audit.record("certificate.issued", f"certificate:{certificate.id}", serial=certificate.serial)
    outbox.publish(CertificateIssued(certificate.id))
    return certificate


def _facts(settings: Settings, enrollment: Enrollment) -> CertificateFacts:
    """Gather what is true now; from here on the certificate stands by itself."""
    completion = learning.completion(enrollment.id)
    if completion is None:
        raise NotFound
    person = accounts.person(enrollment.person_id)
    revision = courses.revision(enrollment.revision_id)
    teacher = revision.course.teacher
    completed_on = completion.completed_at.date()
    serial = new_serial()
    passed = [attempt for attempt in assessments.attempts(enrollment.id) if attempt.passed]
    return CertificateFacts(
        serial=serial,
        holder_name=person.license_name,
        course_title=revision.title,
        statement=revision.statement,
        completed_on=completed_on,
        issued_on=now().date(),
        started_on=enrollment.started_at.date(),
        hours=tuple(
            CreditLine(line.board_name, line.number, line.hours, line.category)
            for line in credits_queries.credit_on(revision.course_id, completed_on)
        ),
        teacher_name=teacher.person.display_name,
        teacher_credentials=teacher.credentials,
        provider_name=settings.provider_name,
        provider_address=settings.provider_address,
        provider_contact=settings.provider_contact,
        responsible_person=settings.responsible_person,
        score_percent=max((attempt.score_percent or 0 for attempt in passed), default=None),
        scope_notice=revision.scope_notice_short,
        verify_url=f"{settings.base_url}/verify/{serial}",
        language=revision.language,
    )


def _signed(settings: Settings, facts: CertificateFacts) -> bytes:
    # Imported here: the typesetter is heavy, and only the worker ever needs it.
    from nok.formats import certificate_pdf

    return signed_pdf(settings, certificate_pdf.render(facts), REASON)


def _plain(facts: CertificateFacts) -> dict[str, Any]:
    """Return the facts as JSON keeps them: dates in ISO form, hours as text."""

    def written(value: Any) -> Any:
        if isinstance(value, date | Decimal):
            return str(value)
        if isinstance(value, dict):
            return {key: written(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [written(item) for item in value]
        return value

    plain: dict[str, Any] = written(asdict(facts))
    return plain
