"""Mails about courses and certificates: each verb returns what is to be sent, or None.

A mail says what happened and where to read more. What people wrote, and what was said of it, stays behind the sign-in.
"""

from email.message import EmailMessage
from typing import Any

from nok.accounts import queries as accounts
from nok.certificates import queries as certificates
from nok.discussions import queries as discussions
from nok.notifications import queries
from nok.notifications.rules import KINDS, Channel
from nok.notifications.service import readers
from nok.notifications.service.choices import off_link
from nok.notifications.service.writing import write
from nok.settings import Settings


def mail_enrolled(settings: Settings, enrollment_id: int) -> EmailMessage | None:
    """Tell a person that someone else enrolled them; those who enrolled themselves know it."""
    enrollment = readers.open_enrollment(enrollment_id)
    if enrollment is None:
        return None
    _key, by = readers.enrolled_by(enrollment)
    if not by:
        return None
    values = {"course": enrollment.revision.title, "by": by, "until": enrollment.access_until}
    return _write(settings, enrollment.person_id, "enrolled", f"/learn/{enrollment.course.slug}", **values)


def mail_access_ending(settings: Settings, enrollment_id: int) -> EmailMessage | None:
    """Tell a person when the lessons close."""
    enrollment = readers.ending_enrollment(enrollment_id)
    if enrollment is None:
        return None
    values = {"course": enrollment.revision.title, "until": enrollment.access_until}
    return _write(settings, enrollment.person_id, "access_ending", f"/learn/{enrollment.course.slug}", **values)


def mail_worksheet_waiting(settings: Settings, worksheet_id: int) -> EmailMessage | None:
    """Tell the teacher of the course that a worksheet waits."""
    found = readers.waiting_hand_in(worksheet_id)
    if found is None:
        return None
    values = {"learner": found.learner_name, "worksheet": found.lesson_title, "course": found.course_title}
    return _write(settings, found.teacher_id, "worksheet_waiting", f"/studio/worksheets/{worksheet_id}", **values)


def mail_worksheet_returned(settings: Settings, review_id: int) -> EmailMessage | None:
    """Tell the learner that a worksheet came back; that one was accepted stands in the feed."""
    both = readers.reviewed(review_id)
    if both is None or both[0].accepted:
        return None
    found = both[1]
    values = {"worksheet": found.lesson_title, "course": found.course_title}
    path = f"/learn/{found.course_slug}/{found.lesson_slug}"
    return _write(settings, found.learner_id, "worksheet_returned", path, **values)


def mail_question_asked(settings: Settings, question_id: int) -> EmailMessage | None:
    """Tell whoever was asked that a question waits."""
    found = readers.waiting_question(question_id)
    if found is None:
        return None
    asker, where = discussions.named(found)
    path = f"/questions/{question_id}"
    return _write(settings, found.asked_id, "question_asked", path, asker=asker, where=where)


def mail_question_replied(settings: Settings, reply_id: int) -> EmailMessage | None:
    """Tell the other of the two that there is a reply."""
    happened = readers.replied(reply_id)
    if happened is None:
        return None
    reply, found, told = happened
    values = {"by": accounts.person(reply.author_id).display_name, "where": discussions.named(found)[1]}
    return _write(settings, told, "question_replied", f"/questions/{found.id}", **values)


def mail_certificate(settings: Settings, certificate_id: int) -> EmailMessage | None:
    """Send word, and the address of the check, of a new certificate."""
    certificate = readers.standing_certificate(certificate_id)
    if certificate is None:
        return None
    values = {
        "course": certificate.facts["course_title"],
        "check": f"{settings.base_url}/verify/{certificate.serial}",
    }
    return _write(settings, certificate.person_id, "certificate_ready", "/certificates", **values)


def mail_certificate_waiting(settings: Settings, enrollment_id: int) -> EmailMessage | None:
    """Ask a person to confirm the name that their certificate will carry."""
    enrollment = readers.waiting_for_name(enrollment_id)
    if enrollment is None:
        return None
    values = {"course": enrollment.revision.title}
    return _write(settings, enrollment.person_id, "certificate_waiting", "/account/license-name", **values)


def mail_certificate_revoked(settings: Settings, certificate_id: int) -> EmailMessage | None:
    """Send word of a certificate that stands no more, with the reason that everyone who checks it reads."""
    certificate = certificates.certificate(certificate_id)
    values = {
        "course": certificate.facts["course_title"],
        "serial": certificate.serial,
        "reason": certificate.revoked_reason,
    }
    return _write(settings, certificate.person_id, "certificate_revoked", f"/verify/{certificate.serial}", **values)


def _write(settings: Settings, person_id: int, template: str, path: str, **values: Any) -> EmailMessage | None:
    """Write it unless the person turned such mail off, and say how that is done: in its foot, and to mail programs."""
    person = readers.reader(person_id)
    if person is None or not queries.is_told(person_id, template, Channel.MAIL):
        return None
    off = "" if KINDS[template].fixed else settings.base_url + off_link(settings.secret_key, person_id, template)
    written = write(settings, person, template, link=settings.base_url + path, off=off, **values)
    if off:
        written["List-Unsubscribe"] = f"<{off}>"
        written["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    return written
