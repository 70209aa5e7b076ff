"""What follows when an enrollment begins, ends, or is about to, and when another attempt is allowed."""

from nok.enrollments.messages import AccessEnding, AttemptAllowed, EnrollmentEnded, EnrollmentStarted
from nok.notifications import service
from worker.context import Context


def tell(message: EnrollmentStarted, _context: Context) -> None:
    """Say that the enrollment stands."""
    service.enrolled(message.enrollment_id)


def mail(message: EnrollmentStarted, context: Context) -> None:
    """Say by mail that someone else enrolled the person."""
    context.post(service.mail_enrolled(context.settings, message.enrollment_id))


def tell_ended(message: EnrollmentEnded, _context: Context) -> None:
    """Say that someone else ended it."""
    service.enrollment_ended(message.enrollment_id)


def tell_ending(message: AccessEnding, _context: Context) -> None:
    """Say when the lessons close."""
    service.access_ending(message.enrollment_id)


def mail_ending(message: AccessEnding, context: Context) -> None:
    """Say so by mail."""
    context.post(service.mail_access_ending(context.settings, message.enrollment_id))


def tell_attempt(message: AttemptAllowed, _context: Context) -> None:
    """Say that there is another try at the test."""
    service.attempt_allowed(message.enrollment_id, message.count)
