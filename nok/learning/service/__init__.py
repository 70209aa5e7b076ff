"""The verbs of learning: watch, read, hand in, complete."""

from nok.learning.service.reading import mark_read
from nok.learning.service.settling import settle
from nok.learning.service.testing import save_answers, start_test, submit_test
from nok.learning.service.watching import BeatOutcome, BeatReport, beat

__all__ = [
    "BeatOutcome",
    "BeatReport",
    "beat",
    "mark_read",
    "save_answers",
    "settle",
    "start_test",
    "submit_test",
]
