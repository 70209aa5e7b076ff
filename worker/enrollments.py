"""What follows when someone enrolls."""

from nok.enrollments.messages import EnrollmentStarted
from nok.notifications import service
from worker.context import Context


def tell(message: EnrollmentStarted, _context: Context) -> None:
    """Say that the enrollment stands."""
    service.enrolled(message.enrollment_id)
