"""What follows when someone asks, and when someone replies."""

from nok.discussions.messages import QuestionAsked, QuestionReplied
from nok.notifications import service
from worker.context import Context


def tell_asked(message: QuestionAsked, _context: Context) -> None:
    """Say in the teacher's feed that a question waits."""
    service.question_asked(message.question_id)


def mail_asked(message: QuestionAsked, context: Context) -> None:
    """Say so by mail."""
    context.post(service.mail_question_asked(context.settings, message.question_id))


def tell_reply(message: QuestionReplied, _context: Context) -> None:
    """Say in the other's feed that there is a reply."""
    service.question_replied(message.reply_id)


def mail_reply(message: QuestionReplied, context: Context) -> None:
    """Say so by mail."""
    context.post(service.mail_question_replied(context.settings, message.reply_id))
