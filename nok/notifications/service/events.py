"""What the feed tells of each event: to whom, in which words, and where to go from there.

An event key names one event of one thing: delivered twice it is told once, and what happens again is told again.
"""

from flask_babel import format_date
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from nok.accounts import queries as accounts
from nok.certificates import queries as certificates
from nok.core.errors import NotFound
from nok.discussions import queries as discussions
from nok.enrollments import queries as enrollments
from nok.enrollments.models import EndReason
from nok.notifications.service import readers
from nok.notifications.service.feed import tell


def welcome(person_id: int) -> None:
    """Greet a person who has just joined."""
    try:
        name = accounts.person(person_id).display_name
    except NotFound:
        return
    tell(person_id, "welcome", "welcome", _("Welcome, %(name)s. Choose your first course.", name=name), "/courses")


def enrolled(enrollment_id: int) -> None:
    """Say that the enrollment stands, where to begin, and who enrolled the person if it was someone else."""
    enrollment = readers.open_enrollment(enrollment_id)
    if enrollment is None:
        return
    key, by = readers.enrolled_by(enrollment)
    course = enrollment.revision.title
    message = (
        _("%(name)s enrolled you in %(course)s. Begin whenever you like.", name=by, course=course)
        if by
        else _("You are enrolled in %(course)s. Begin whenever you like.", course=course)
    )
    tell(enrollment.person_id, "enrolled", key, message, f"/learn/{enrollment.course.slug}")


def enrollment_ended(enrollment_id: int) -> None:
    """Say that someone else ended the enrollment; those who left know it."""
    enrollment = enrollments.enrollment(enrollment_id)
    if enrollment.ended_at is None or enrollment.end_reason in {None, EndReason.LEFT}:
        return
    message = _(
        "Your enrollment in %(course)s was ended for you. Your certificates stay yours.",
        course=enrollment.revision.title,
    )
    key = f"enrollment-ended:{enrollment_id}:{enrollment.ended_at.timestamp()}"
    tell(enrollment.person_id, "enrollment_ended", key, message, "/learn")


def access_ending(enrollment_id: int) -> None:
    """Say when the lessons close; an extended window is another event."""
    enrollment = readers.ending_enrollment(enrollment_id)
    if enrollment is None or enrollment.access_until is None:
        return
    message = _(
        "Your access to %(course)s ends on %(day)s. Your certificates stay yours.",
        course=enrollment.revision.title,
        day=LazyString(format_date, enrollment.access_until, format="long"),
    )
    key = f"access-ending:{enrollment_id}:{enrollment.access_until.timestamp()}"
    tell(enrollment.person_id, "access_ending", key, message, f"/learn/{enrollment.course.slug}")


def attempt_allowed(enrollment_id: int, count: int) -> None:
    """Say that there is another try at the test; `count` is how many have been allowed by now, each an event."""
    enrollment = readers.open_enrollment(enrollment_id)
    if enrollment is None:
        return
    message = _(
        "Your teacher has allowed you one more try at the test in %(course)s.", course=enrollment.revision.title
    )
    key = f"attempt-allowed:{enrollment_id}:{count}"
    tell(enrollment.person_id, "attempt_allowed", key, message, f"/learn/{enrollment.course.slug}")


def worksheet_waiting(worksheet_id: int) -> None:
    """Tell the teacher of the course that a worksheet waits, once for each time it is handed in."""
    found = readers.waiting_hand_in(worksheet_id)
    if found is None or found.worksheet.submitted_at is None:
        return
    message = _(
        "%(name)s has handed in “%(worksheet)s” in %(course)s.",
        name=found.learner_name,
        worksheet=found.lesson_title,
        course=found.course_title,
    )
    event_key = f"worksheet:{worksheet_id}:{found.worksheet.submitted_at.timestamp()}"
    tell(found.teacher_id, "worksheet_waiting", event_key, message, f"/studio/worksheets/{worksheet_id}")


def worksheet_reviewed(review_id: int) -> None:
    """Tell the learner what became of a worksheet."""
    both = readers.reviewed(review_id)
    if both is None:
        return
    review, found = both
    words = {"worksheet": found.lesson_title, "course": found.course_title}
    message = (
        _("“%(worksheet)s” in %(course)s is accepted.", **words)
        if review.accepted
        else _("“%(worksheet)s” in %(course)s came back with a comment: revise it and hand it in again.", **words)
    )
    kind = "worksheet_accepted" if review.accepted else "worksheet_returned"
    url = f"/learn/{found.course_slug}/{found.lesson_slug}"
    tell(found.learner_id, kind, f"worksheet-review:{review_id}", message, url)


def question_asked(question_id: int) -> None:
    """Tell whoever was asked that a question waits."""
    found = readers.waiting_question(question_id)
    if found is None:
        return
    asker, text = discussions.named(found)
    message = _("%(name)s asked you about “%(text)s”.", name=asker, text=text)
    tell(found.asked_id, "question_asked", f"question:{question_id}", message, f"/questions/{question_id}")


def question_replied(reply_id: int) -> None:
    """Tell the other of the two that there is a reply."""
    happened = readers.replied(reply_id)
    if happened is None:
        return
    reply, found, told = happened
    by, text = accounts.person(reply.author_id).display_name, discussions.named(found)[1]
    message = _("%(name)s wrote to you about “%(text)s”.", name=by, text=text)
    tell(told, "question_replied", f"question-reply:{reply_id}", message, f"/questions/{found.id}")


def certificate_ready(certificate_id: int) -> None:
    """Say that a certificate can be downloaded."""
    certificate = readers.standing_certificate(certificate_id)
    if certificate is None:
        return
    message = _("Your certificate for %(course)s is ready.", course=certificate.facts["course_title"])
    tell(certificate.person_id, "certificate_ready", f"certificate:{certificate_id}", message, "/certificates")


def certificate_waiting(enrollment_id: int) -> None:
    """Say that a certificate waits for its holder to confirm their name, unless they have done so by now."""
    enrollment = readers.waiting_for_name(enrollment_id)
    if enrollment is None:
        return
    message = _(
        "Confirm the name on your license: your certificate for %(course)s waits for it.",
        course=enrollment.revision.title,
    )
    key = f"certificate-waiting:{enrollment_id}"
    tell(enrollment.person_id, "certificate_waiting", key, message, "/account/license-name")


def certificate_revoked(certificate_id: int) -> None:
    """Say that a certificate stands no more."""
    certificate = certificates.certificate(certificate_id)
    message = _("Your certificate for %(course)s was revoked.", course=certificate.facts["course_title"])
    key = f"certificate-revoked:{certificate_id}"
    tell(certificate.person_id, "certificate_revoked", key, message, f"/verify/{certificate.serial}")
