"""Issue a certificate: gather the facts, set the page, sign it, keep it."""

from datetime import date

from nok.accounts import queries as accounts
from nok.accounts.models import Person
from nok.assessments import queries as assessments
from nok.certificates import queries
from nok.certificates.messages import CertificateIssued, CertificateWaiting
from nok.certificates.models import Certificate
from nok.certificates.service.signing import signed_pdf
from nok.core import audit, outbox
from nok.core.clock import day_in, now
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.ids import new_serial
from nok.core.storage import open_storage
from nok.courses import queries as courses
from nok.credits import queries as credits_queries
from nok.credits import rules as credits_rules
from nok.credits.queries import CreditLine as ApprovedLine
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment
from nok.formats.certificate_facts import CertificateFacts, CreditLine, HolderLicense, to_json, without
from nok.learning import queries as learning
from nok.learning.models import Completion
from nok.settings import Settings

REASON = "Certificate of completion issued"
WAITING = "certificate.waiting"
DELIVERY = "Online, on-demand"
MOST_LICENSES = 6


def issue(settings: Settings, enrollment_id: int) -> Certificate | None:
    """Issue the certificate of a completed enrollment, once: asked again, the one there is is returned.

    Return None while the holder has not confirmed the name that it will carry; the first time, CertificateWaiting is
    published. Raise NotFound when the enrollment is not completed. Two workers at once take turns, and the unique
    enrollment guards in any case.
    """
    enrollments.lock(enrollment_id)
    known = queries.of_enrollment(enrollment_id)
    if known is not None:
        return known
    enrollment = enrollments.enrollment(enrollment_id)
    completion = learning.completion(enrollment.id)
    if completion is None:
        raise NotFound
    person = accounts.person(enrollment.person_id)
    if person.license_name_confirmed_at is None:
        _wait(enrollment_id)
        return None
    facts, pdf = _set(_facts(settings, enrollment, completion, person))
    key = f"certificates/{facts.serial}.pdf"
    certificate = Certificate(
        serial=facts.serial,
        enrollment_id=enrollment_id,
        person_id=enrollment.person_id,
        facts=to_json(facts),
        pdf_key=key,
        pdf_sha256=open_storage(settings).put(key, signed_pdf(settings, pdf, REASON)),
    )
    db.session.add(certificate)
    db.session.flush()
    audit.record("certificate.issued", f"certificate:{certificate.id}", serial=certificate.serial)
    outbox.publish(CertificateIssued(certificate.id))
    return certificate


def issue_waiting(settings: Settings, person_id: int) -> None:
    """Issue every certificate that waited for this person to confirm their name."""
    for enrollment_id in queries.waiting_enrollments(person_id):
        issue(settings, enrollment_id)


def _wait(enrollment_id: int) -> None:
    subject = f"enrollment:{enrollment_id}"
    if not queries.is_recorded(WAITING, subject):
        audit.record(WAITING, subject)
        outbox.publish(CertificateWaiting(enrollment_id))


def _facts(settings: Settings, enrollment: Enrollment, completion: Completion, person: Person) -> CertificateFacts:
    """Gather what is true now; from here on the certificate stands by itself."""
    revision = courses.revision(enrollment.revision_id)
    teacher = revision.course.teacher
    completed_on = day_in(person.time_zone, completion.completed_at)
    credit = credits_queries.credit_on(revision.course_id, completed_on)
    serial = new_serial()
    passed = [attempt for attempt in assessments.attempts(enrollment.id) if attempt.passed]
    return CertificateFacts(
        serial=serial,
        holder_name=person.license_name,
        course_title=revision.title,
        statement=revision.statement,
        completed_on=completed_on,
        issued_on=day_in(person.time_zone, now()),
        started_on=day_in(person.time_zone, enrollment.started_at),
        hours=tuple(_credit_line(line) for line in credit),
        total_hours=credits_rules.total_hours(credit),
        delivery=_delivery(credit),
        place=settings.base_url,
        holder_licenses=_licenses(person, completed_on, credit),
        teacher_name=teacher.person.display_name,
        teacher_credentials=teacher.credentials,
        provider_name=settings.provider_name,
        provider_address=settings.provider_address,
        provider_contact=settings.provider_contact,
        provider_phone=settings.provider_phone,
        responsible_person=settings.responsible_person,
        score_percent=max((attempt.score_percent or 0 for attempt in passed), default=None),
        scope_notice=revision.scope_notice_short,
        verify_url=f"{settings.base_url}/verify/{serial}",
        keep_years=max((line.keep_years for line in credit), default=credits_rules.KEEP_YEARS),
        language=revision.language,
    )


def _credit_line(line: ApprovedLine) -> CreditLine:
    return CreditLine(
        board_name=line.board_name,
        number=line.number,
        hours=line.hours,
        category=line.category,
        board_code=line.board_code,
        provider_number=line.provider_number,
        delivery=line.delivery,
        valid_from=line.valid_from,
        valid_until=line.valid_until,
    )


def _delivery(credit: list[ApprovedLine]) -> str:
    """Return how the course was taught, in the words of the approvals where they agree."""
    said = {line.delivery for line in credit}
    words = said.pop() if len(said) == 1 else ""
    return words[:1].upper() + words[1:] or DELIVERY


def _licenses(person: Person, day: date, credit: list[ApprovedLine]) -> tuple[HolderLicense, ...]:
    """Return the licenses that the holder had on the day, as many as the page has room for.

    Those with boards that give credit come first; whoever reports the course elsewhere needs the others.
    """
    names = {board.code: board.name for board in credits_queries.boards()}
    giving = {line.board_code for line in credit}
    standing = [held for held in accounts.licenses(person.id) if held.expires_on is None or held.expires_on >= day]
    standing.sort(key=lambda held: held.board_code not in giving)
    return tuple(
        HolderLicense(held.number, names.get(held.board_code, held.board_code), held.state)
        for held in standing[:MOST_LICENSES]
    )


def _set(facts: CertificateFacts) -> tuple[CertificateFacts, bytes]:
    """Return the page, and the facts as they stand on it.

    The holder has seen to their own name and numbers. What others have written must not cost them the certificate: a
    character that no font has is left out.
    """
    # Imported here: the typesetter is heavy, and only the worker ever needs it.
    from nok.formats import certificate_pdf

    try:
        return facts, certificate_pdf.render(facts)
    except certificate_pdf.UnprintableError as error:
        plain = without(facts, error.characters)
        return plain, certificate_pdf.render(plain)
