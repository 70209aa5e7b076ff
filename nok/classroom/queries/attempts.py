"""The test while it runs, and its result. While it runs nothing here knows which choice is right.

Both show what was drawn for the attempt, in its order, and nothing of the rest of the bank.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nok.assessments import queries as assessments
from nok.assessments.models import Attempt
from nok.assessments.queries import Asked
from nok.core.clock import now


@dataclass(frozen=True)
class ChoiceView:
    """A choice, and whether it is chosen."""

    id: int
    text_html: str
    chosen: bool


@dataclass(frozen=True)
class QuestionView:
    """A question, `kind` single or multiple; `blank` while nothing is chosen."""

    id: int
    kind: str
    stem_html: str
    choices: list[ChoiceView]
    blank: bool


@dataclass(frozen=True)
class AttemptView:
    """An attempt that runs; `deadline` by the server's clock, or None."""

    number: int
    deadline: datetime | None


@dataclass(frozen=True)
class ReviewedChoice:
    """A choice after the end; `right` is None while that is not shown."""

    id: int
    text_html: str
    chosen: bool
    right: bool | None


@dataclass(frozen=True)
class ReviewedQuestion:
    """A question after the end: whether it was answered right, and why what is right is right."""

    id: int
    stem_html: str
    explanation_html: str
    right: bool
    choices: list[ReviewedChoice]


@dataclass(frozen=True)
class ResultView:
    """How an attempt ended."""

    number: int
    score_percent: int
    passed: bool
    right: int
    total: int


def open_questions(attempt: Attempt, chosen: set[int] | None = None) -> list[QuestionView]:
    """Return the questions with what is chosen so far: as just sent (choice ids in `chosen`), or else as saved."""
    taken = _chosen(attempt) if chosen is None else chosen
    return [
        QuestionView(
            item.question.id,
            item.question.kind.value,
            item.question.stem_html,
            [ChoiceView(choice.id, choice.text_html, choice.id in taken) for choice in item.choices],
            blank=not any(choice.id in taken for choice in item.choices),
        )
        for item in assessments.asked(attempt)
    ]


def asks_first(attempt: Attempt, answers: Mapping[int, Sequence[int]]) -> bool:
    """Whether to ask before an attempt is handed in: something is blank, and there is still time to answer it."""
    if attempt.submitted_at is not None or (attempt.deadline_at is not None and now() >= attempt.deadline_at):
        return False
    return any(not answers.get(item.question.id) for item in assessments.asked(attempt))


def reviewed_questions(attempt: Attempt, *, reveal: bool) -> list[ReviewedQuestion]:
    """Return the questions of an attempt that has ended.

    Without `reveal`, each says whether it was answered right, but neither which choices are right nor why: there is
    another try to come, and it should be learned for, not copied.
    """
    taken = _chosen(attempt)
    return [_reviewed(item, taken, reveal=reveal) for item in assessments.asked(attempt)]


def result(attempt: Attempt) -> ResultView:
    """Return how an attempt ended."""
    return ResultView(
        attempt.number,
        attempt.score_percent or 0,
        bool(attempt.passed),
        attempt.right_count or 0,
        attempt.question_count,
    )


def _chosen(attempt: Attempt) -> set[int]:
    return {choice for choices in attempt.answers.values() for choice in choices}


def _reviewed(item: Asked, taken: set[int], *, reveal: bool) -> ReviewedQuestion:
    question = item.question
    right = all((choice.id in taken) == choice.right for choice in item.choices)
    return ReviewedQuestion(
        question.id,
        question.stem_html,
        question.explanation_html if reveal else "",
        right,
        [
            ReviewedChoice(choice.id, choice.text_html, choice.id in taken, choice.right if reveal else None)
            for choice in item.choices
        ],
    )
