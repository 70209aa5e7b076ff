"""Every SELECT over progress."""

from nok.learning.queries.overviews import Overview, overviews
from nok.learning.queries.sentences import gate_sentence
from nok.learning.queries.standing import Standing, standing
from nok.learning.queries.watching import Underway, completion, progress, underway, watch_session

__all__ = [
    "Overview",
    "Standing",
    "Underway",
    "completion",
    "gate_sentence",
    "overviews",
    "progress",
    "standing",
    "underway",
    "watch_session",
]
