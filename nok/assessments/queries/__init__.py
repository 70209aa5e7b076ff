"""Every SELECT over tests, worksheets and evaluations."""

from nok.assessments.queries.evaluations import evaluation
from nok.assessments.queries.tests import Asked, asked, attempt, attempts, questions
from nok.assessments.queries.worksheets import (
    HandIn,
    hand_in,
    prompts,
    review,
    reviews,
    waiting,
    waiting_count,
    worksheet,
    worksheet_for_reviewer,
)

__all__ = [
    "Asked",
    "HandIn",
    "asked",
    "attempt",
    "attempts",
    "evaluation",
    "hand_in",
    "prompts",
    "questions",
    "review",
    "reviews",
    "waiting",
    "waiting_count",
    "worksheet",
    "worksheet_for_reviewer",
]
