"""The verbs of tests, worksheets and evaluations; `nok.learning` says when each may be used."""

from nok.assessments.service.evaluations import evaluate
from nok.assessments.service.tests import GRACE, Answers, is_late, save, start, submit
from nok.assessments.service.worksheets import MOST_LETTERS, Texts, hand_in, judge, keep

__all__ = [
    "GRACE",
    "MOST_LETTERS",
    "Answers",
    "Texts",
    "evaluate",
    "hand_in",
    "is_late",
    "judge",
    "keep",
    "save",
    "start",
    "submit",
]
