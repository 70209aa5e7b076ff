"""What discussions tell the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class QuestionAsked:
    """Someone asked the teacher."""

    question_id: int


@dataclass(frozen=True)
class QuestionReplied:
    """Someone wrote on in a thread: who was asked, or the asker."""

    reply_id: int
