"""A passage by what it says: W3C's TextPositionSelector and TextQuoteSelector against a text."""

import re
from dataclasses import dataclass

CONTEXT = 32
"""Characters kept before and after a quote."""
LONGEST_QUOTE = 5_000
_MOST_CONTEXT = 500  # more than that around a quote tells nothing further apart
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Passage:
    """A stretch of a text: its characters, what they say, and what stands around them."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def passage_at(text: str, start: int, end: int) -> Passage | None:
    """Return the passage from `start` up to `end`; None when that says nothing or lies outside."""
    if not 0 <= start < end <= len(text) or not any(letter.isalnum() for letter in text[start:end]):
        return None
    return Passage(start, end, text[start:end], text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT])


def find(text: str, exact: str, prefix: str = "", suffix: str = "") -> list[Passage]:
    """Return the passages that say `exact` between `prefix` and `suffix`, in order; white space is all alike."""
    words = _SPACE.split(exact.strip())
    pattern = re.compile(r"\s+".join(map(re.escape, words))) if words != [""] else None
    if pattern is None:
        return []
    before, after = _flat(prefix[-_MOST_CONTEXT:]), _flat(suffix[:_MOST_CONTEXT])
    found = [passage_at(text, *match.span()) for match in pattern.finditer(text)]
    return [
        passage
        for passage in found
        if passage is not None
        and _flat(text[_back(passage.start, before) : passage.start]).endswith(before)
        and _flat(text[passage.end : passage.end + _reach(after)]).startswith(after)
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _reach(words: str) -> int:
    """Return how many characters to look at for the words: white space may be longer in the text."""
    return 2 * len(words) + 8


def _back(start: int, words: str) -> int:
    return max(0, start - _reach(words))
