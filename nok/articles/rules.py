"""What two versions of a text have in common, and what not, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache

# A word with the space after it; Chinese and Japanese put none, there each character is one.
_HAN = "[぀-ヿ㐀-鿿豈-﫿\U00020000-\U0003134f]"
_PARTS = re.compile(rf"(?:{_HAN}|(?:(?!{_HAN})[^\W_])+|\S)\s*|\s+")
LIKE = 0.4
"""So much of two paragraphs' words must be the same for one to be a new wording of the other, 0 to 1."""


class Kind(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    TAKEN = "taken"
    ADDED = "added"


@dataclass(frozen=True)
class Paragraph:
    """A block, and its stretches in order. `kind` says that all of it was taken out or added, or else SAME."""

    kind: Kind
    stretches: tuple[tuple[Kind, str], ...]

    @property
    def changed(self) -> bool:
        """Whether anything in it is another."""
        return self.kind is not Kind.SAME or any(kind is not Kind.SAME for kind, _text in self.stretches)


@lru_cache(maxsize=64)  # the page of an old version is public, and comparing takes long
def compare(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of both versions in the order of the new one."""
    found: list[Paragraph] = []
    for tag, first, after, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Paragraph(Kind.SAME, ((Kind.SAME, text),)) for text in new[start:end]]
        else:
            found += _reworded(old[first:after], new[start:end])
    return tuple(found)


def _reworded(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Pair paragraphs with those whose words are like theirs; what has no pair was taken out, or added."""
    at = 0
    for text in new:
        likely = max(range(at, len(old)), key=lambda place: _likeness(old[place], text), default=None)
        if likely is None or _likeness(old[likely], text) < LIKE:
            yield Paragraph(Kind.ADDED, ((Kind.ADDED, text),))
            continue
        yield from (Paragraph(Kind.TAKEN, ((Kind.TAKEN, gone),)) for gone in old[at:likely])
        yield Paragraph(Kind.SAME, tuple(_words(old[likely], text)))
        at = likely + 1
    yield from (Paragraph(Kind.TAKEN, ((Kind.TAKEN, gone),)) for gone in old[at:])


def _likeness(old: str, new: str) -> float:
    before, after = Counter(map(str.rstrip, _PARTS.findall(old))), Counter(map(str.rstrip, _PARTS.findall(new)))
    return 2 * (before & after).total() / max(1, before.total() + after.total())


def _words(old: str, new: str) -> Iterator[tuple[Kind, str]]:
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    bare = [[part.rstrip() for part in parts] for parts in (before, after)]
    for tag, first, last, start, end in SequenceMatcher(None, bare[0], bare[1], autojunk=False).get_opcodes():
        if tag == "equal":
            yield (
                Kind.SAME,
                "".join(max(pair, key=len) for pair in zip(before[first:last], after[start:end], strict=True)),
            )
            continue
        if last > first:
            yield Kind.TAKEN, "".join(before[first:last])
        if end > start:
            yield Kind.ADDED, "".join(after[start:end])
