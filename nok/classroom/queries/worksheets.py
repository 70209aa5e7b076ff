"""A worksheet on its page: prompts with what was written, and what the reviewer said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from nok.assessments import queries as assessments
from nok.assessments import rules
from nok.assessments.models import Worksheet, WorksheetPrompt, WorksheetState
from nok.assessments.service import MOST_LETTERS
from nok.courses.models import Lesson
from nok.learning.queries import Standing


@dataclass(frozen=True)
class Typed:
    """A worksheet as it was sent: texts by prompt key, and the number of savings that the page knew of."""

    texts: Mapping[str, str]
    seen: int


@dataclass(frozen=True)
class Refusal:
    """Why what was typed was not taken: a sentence, the words missing by prompt, the prompts that cannot be kept."""

    message: Any
    missing: Mapping[str, int] = field(default_factory=dict)
    problems: Sequence[str] = ()


@dataclass(frozen=True)
class PromptView:
    """A prompt and its answer. `other` is a second version that must not be lost, '' when there is none."""

    key: str
    html: str
    least_words: int
    words: int
    text: str
    other: str
    error: str


@dataclass(frozen=True)
class ReviewView:
    """What a reviewer said."""

    at: datetime
    accepted: bool
    comment: str


@dataclass(frozen=True)
class WorksheetView:
    """A worksheet. `saves` counts the savings, for the next one to say what it knew; `refused` after a refusal."""

    state: str
    locked: bool
    saves: int
    submitted_at: datetime | None
    prompts: list[PromptView]
    reviews: list[ReviewView]
    error: Any
    refused: bool
    most_letters: int
    key: str
    page_url: str
    save_url: str
    autosave_url: str


def worksheet_view(
    standing: Standing, lesson: Lesson, typed: Typed | None = None, refusal: Refusal | None = None
) -> WorksheetView:
    """Return the worksheet as saved or, after a refusal, as it was just typed; two statements."""
    found = standing.worksheets.get(lesson.id)
    path = f"{standing.enrollment.course.slug}/{lesson.slug}"
    locked = found is not None and found.state in {WorksheetState.SUBMITTED, WorksheetState.ACCEPTED}
    return WorksheetView(
        state=(found.state if found else WorksheetState.DRAFT).value,
        locked=locked,
        saves=found.saves if found else 0,
        submitted_at=found.submitted_at if found else None,
        prompts=[_prompt(prompt, found, typed, refusal, locked=locked) for prompt in assessments.prompts(lesson.id)],
        reviews=_reviews(found),
        error=refusal.message if refusal else "",
        refused=refusal is not None and not refusal.missing,
        most_letters=MOST_LETTERS,
        key=path,
        page_url=f"/learn/{path}",
        save_url=f"/learn/{path}/worksheet",
        autosave_url=f"/api/v1/worksheets/{path}/answers",
    )


def _prompt(
    prompt: WorksheetPrompt,
    found: Worksheet | None,
    typed: Typed | None,
    refusal: Refusal | None,
    *,
    locked: bool,
) -> PromptView:
    saved = found.answers.get(prompt.key, "") if found else ""
    sent = typed.texts.get(prompt.key, saved) if typed else saved
    text, other = (
        (saved, sent) if locked else (sent, saved if typed and typed.seen != (found.saves if found else 0) else "")
    )
    return PromptView(
        key=prompt.key,
        html=prompt.text_html,
        least_words=prompt.least_words,
        words=rules.count_words(text),
        text=text,
        other=other if other != text else "",
        error=_error(prompt, refusal, rules.count_words(text)) if refusal else "",
    )


def _error(prompt: WorksheetPrompt, refusal: Refusal, words: int) -> str:
    if prompt.key in refusal.problems:
        return str(refusal.message)
    if prompt.key not in refusal.missing:
        return ""
    if not words:
        return _("Write your answer here.")
    return ngettext(
        "Write at least %(least)s words; %(num)s word is missing.",
        "Write at least %(least)s words; %(num)s words are missing.",
        refusal.missing[prompt.key],
        least=prompt.least_words,
    )


def _reviews(found: Worksheet | None) -> list[ReviewView]:
    if found is None or found.reviewed_at is None:
        return []
    return [ReviewView(row.at, row.accepted, row.comment) for row in assessments.reviews(found.id)]
