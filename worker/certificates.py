"""What follows when a course is completed, a name confirmed, a certificate issued or revoked."""

from nok.accounts.messages import LicenseNameConfirmed
from nok.certificates import service as certificates
from nok.certificates.messages import CertificateIssued, CertificateRevoked, CertificateWaiting
from nok.learning.messages import CourseCompleted
from nok.notifications import service as notifications
from worker.context import Context


def issue(message: CourseCompleted, context: Context) -> None:
    """Make the certificate, or note that it waits for the holder's name."""
    certificates.issue(context.settings, message.enrollment_id)


def issue_waiting(message: LicenseNameConfirmed, context: Context) -> None:
    """Make those that waited for the name."""
    certificates.issue_waiting(context.settings, message.person_id)


def tell(message: CertificateIssued, _context: Context) -> None:
    """Say in the feed that it is ready."""
    notifications.certificate_ready(message.certificate_id)


def mail(message: CertificateIssued, context: Context) -> None:
    """Say so by mail."""
    context.post(notifications.mail_certificate(context.settings, message.certificate_id))


def tell_waiting(message: CertificateWaiting, _context: Context) -> None:
    """Say in the feed that it waits."""
    notifications.certificate_waiting(message.enrollment_id)


def mail_waiting(message: CertificateWaiting, context: Context) -> None:
    """Ask for the name by mail."""
    context.post(notifications.mail_certificate_waiting(context.settings, message.enrollment_id))


def tell_revoked(message: CertificateRevoked, _context: Context) -> None:
    """Say in the feed that it stands no more."""
    notifications.certificate_revoked(message.certificate_id)


def mail_revoked(message: CertificateRevoked, context: Context) -> None:
    """Say so by mail, with the reason."""
    context.post(notifications.mail_certificate_revoked(context.settings, message.certificate_id))
