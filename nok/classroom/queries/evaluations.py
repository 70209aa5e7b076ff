"""The evaluation on its page: what is rated, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from nok.assessments import rules
from nok.classroom.queries.gates import gate_view
from nok.courses.models import Lesson
from nok.learning.queries import Standing
from nok.learning.rules import GateKind, GateState


@dataclass(frozen=True)
class RatingView:
    """One answer that can be chosen, 1 to 5, in words."""

    value: int
    label: str
    chosen: bool


@dataclass(frozen=True)
class TopicView:
    """What is rated; `error` when it was left out."""

    key: str
    question: str
    ratings: list[RatingView]
    error: str


@dataclass(frozen=True)
class EvaluationView:
    """The form. `blocked_sentence` says what it waits for, '' when it may be filled in; `sent` once it was."""

    sent: bool
    blocked_sentence: str
    blocked_url: str
    objectives: list[TopicView]
    course: list[TopicView]
    comment: str
    comment_errors: Sequence[str]
    error: Any
    send_url: str


@dataclass(frozen=True)
class Rated:
    """An evaluation as it was sent and refused: why, which topics are missing, what is wrong with the comment."""

    ratings: Mapping[str, int]
    comment: str
    message: Any
    missing: Sequence[str] = ()
    comment_errors: Sequence[str] = ()


def evaluation_view(standing: Standing, lesson: Lesson, rated: Rated | None = None) -> EvaluationView:
    """Return the evaluation, empty or, after a refusal, as it was just filled in; no statement."""
    gate = standing.gate(GateKind.EVALUATION)
    blocked = gate_view(gate, standing) if gate is not None and gate.state is GateState.BLOCKED else None
    objectives = standing.enrollment.revision.objectives
    met = [
        _topic(f"objective-{number}", str(objective), _met(), rated) for number, objective in enumerate(objectives, 1)
    ]
    return EvaluationView(
        sent=standing.is_done(lesson),
        blocked_sentence=blocked.sentence if blocked else "",
        blocked_url=blocked.url if blocked else "",
        objectives=met,
        course=[_topic(key, question, _quality(), rated) for key, question in rules.general_questions().items()],
        comment=rated.comment if rated else "",
        comment_errors=rated.comment_errors if rated else (),
        error=rated.message if rated else "",
        send_url=f"/learn/{standing.enrollment.course.slug}/{lesson.slug}/evaluation",
    )


def _topic(key: str, question: str, words: Sequence[str], rated: Rated | None) -> TopicView:
    chosen = rated.ratings.get(key) if rated else None
    missing = rated is not None and key in rated.missing
    ratings = [RatingView(value, label, value == chosen) for value, label in enumerate(words, rules.LOWEST_RATING)]
    return TopicView(key, question, ratings, _("Choose one answer in this row.") if missing else "")


def _met() -> list[str]:
    return [_("Not met"), _("Hardly met"), _("Partly met"), _("Mostly met"), _("Fully met")]


def _quality() -> list[str]:
    return [_("Poor"), _("Fair"), _("Good"), _("Very good"), _("Excellent")]
