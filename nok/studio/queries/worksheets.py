"""Worksheets that wait for a review."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nok.accounts.models import Person
from nok.assessments import queries as assessments
from nok.assessments import rules
from nok.assessments.models import WorksheetReview, WorksheetState
from nok.assessments.queries import HandIn
from nok.core.pagination import Page


@dataclass(frozen=True)
class WaitingRow:
    """A worksheet in the queue."""

    id: int
    learner_name: str
    course_title: str
    lesson_title: str
    submitted_at: datetime | None


@dataclass(frozen=True)
class AnswerView:
    """A prompt and what was written; `words` counted."""

    prompt_html: str
    text: str
    words: int


@dataclass(frozen=True)
class PastReview:
    """What was said before, and the answers as they were then, as [prompt, text]."""

    at: datetime
    accepted: bool
    comment: str
    answers: list[AnswerView]


@dataclass(frozen=True)
class ReviewPage:
    """A worksheet before its reviewer. `own` is a worksheet that the viewer has written: somebody else reviews it.

    Of a verdict on a worksheet that is not `open` nobody is told.
    """

    id: int
    learner_name: str
    course_title: str
    lesson_title: str
    submitted_at: datetime | None
    state: str
    waiting: bool
    open: bool
    own: bool
    saves: int
    answers: list[AnswerView]
    past: list[PastReview]


def queue(person: Person, page: int) -> Page[WaitingRow]:
    """Return the worksheets that wait for this reviewer, the one that waits longest first; two statements."""
    found = assessments.waiting(person, page)
    rows = [
        WaitingRow(
            item.worksheet.id, item.learner_name, item.course_title, item.lesson_title, item.worksheet.submitted_at
        )
        for item in found.items
    ]
    return Page(rows, found.total, found.number, found.size)


def review_page(person: Person, found: HandIn) -> ReviewPage:
    """Return a worksheet with its prompts and earlier reviews; two statements."""
    worksheet = found.worksheet
    prompts = [(prompt.key, prompt.text_html) for prompt in assessments.prompts(worksheet.lesson_id)]
    return ReviewPage(
        id=worksheet.id,
        learner_name=found.learner_name,
        course_title=found.course_title,
        lesson_title=found.lesson_title,
        submitted_at=worksheet.submitted_at,
        state=worksheet.state.value,
        waiting=worksheet.state is WorksheetState.SUBMITTED,
        open=found.open,
        own=found.learner_id == person.id,
        saves=worksheet.saves,
        # While it is being revised, its words are the learner's own until they are handed in again.
        answers=_answers(prompts, worksheet.answers) if worksheet.state is not WorksheetState.RETURNED else [],
        past=[_past(prompts, review) for review in assessments.reviews(worksheet.id)],
    )


def _past(prompts: list[tuple[str, str]], review: WorksheetReview) -> PastReview:
    return PastReview(review.at, review.accepted, review.comment, _answers(prompts, review.answers))


def _answers(prompts: list[tuple[str, str]], answers: dict[str, Any]) -> list[AnswerView]:
    texts = [(html, str(answers.get(key, ""))) for key, html in prompts]
    return [AnswerView(html, text, rules.count_words(text)) for html, text in texts]
