"""What follows when a course is completed, and when its certificate is there."""

from nok.certificates import service as certificates
from nok.certificates.messages import CertificateIssued
from nok.learning.messages import CourseCompleted
from nok.notifications import service as notifications
from worker.context import Context


def issue(message: CourseCompleted, context: Context) -> None:
    """Make the certificate."""
    certificates.issue(context.settings, message.enrollment_id)


def tell(message: CertificateIssued, _context: Context) -> None:
    """Say in the feed that it is ready."""
    notifications.certificate_ready(message.certificate_id)


def mail(message: CertificateIssued, context: Context) -> None:
    """Say so by mail."""
    notifications.mail_certificate(context.settings, message.certificate_id)
