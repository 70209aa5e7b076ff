"""The verbs of learning: watch, read, hand in, review, evaluate, complete."""

from nok.learning.service.evaluating import submit_evaluation
from nok.learning.service.reading import mark_read
from nok.learning.service.settling import settle
from nok.learning.service.testing import save_answers, start_test, submit_test
from nok.learning.service.watching import BeatOutcome, BeatReport, beat, start_watching
from nok.learning.service.worksheets import review_worksheet, save_worksheet, submit_worksheet

__all__ = [
    "BeatOutcome",
    "BeatReport",
    "beat",
    "mark_read",
    "review_worksheet",
    "save_answers",
    "save_worksheet",
    "settle",
    "start_test",
    "start_watching",
    "submit_evaluation",
    "submit_test",
    "submit_worksheet",
]
