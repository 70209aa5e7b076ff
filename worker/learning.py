"""What follows when a worksheet is handed in, and when it is reviewed."""

from nok.learning.messages import WorksheetReviewed, WorksheetSubmitted
from nok.notifications import service
from worker.context import Context


def tell_reviewer(message: WorksheetSubmitted, _context: Context) -> None:
    """Say in the teacher's feed that a worksheet waits."""
    service.worksheet_waiting(message.worksheet_id)


def mail_reviewer(message: WorksheetSubmitted, context: Context) -> None:
    """Say so by mail."""
    context.post(service.mail_worksheet_waiting(context.settings, message.worksheet_id))


def tell_learner(message: WorksheetReviewed, _context: Context) -> None:
    """Say in the learner's feed that it came back, or was accepted."""
    service.worksheet_reviewed(message.review_id)


def mail_learner(message: WorksheetReviewed, context: Context) -> None:
    """Say by mail that it came back."""
    context.post(service.mail_worksheet_returned(context.settings, message.review_id))
