"""Every SELECT over progress."""

from nok.learning.queries.overviews import Overview, overviews
from nok.learning.queries.sentences import gate_sentence
from nok.learning.queries.standing import Standing, standing
from nok.learning.queries.watching import active_player, completion, progress, watch_session, watching

__all__ = [
    "Overview",
    "Standing",
    "active_player",
    "completion",
    "gate_sentence",
    "overviews",
    "progress",
    "standing",
    "watch_session",
    "watching",
]
