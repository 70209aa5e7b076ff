"""What can be annotated, and what follows for passages when their text is changed."""

from nok.annotations.rules.anchoring import DETACHED, ORPHAN, Placement, Reanchoring, State
from nok.annotations.rules.quotes import CONTEXT, LONGEST_QUOTE, Passage, find, passage_at
from nok.annotations.rules.sources import Source, SourceKind, from_key, read_address
from nok.annotations.rules.words import Words

__all__ = [
    "CONTEXT",
    "DETACHED",
    "LONGEST_QUOTE",
    "ORPHAN",
    "Passage",
    "Placement",
    "Reanchoring",
    "Source",
    "SourceKind",
    "State",
    "Words",
    "find",
    "from_key",
    "passage_at",
    "read_address",
]
