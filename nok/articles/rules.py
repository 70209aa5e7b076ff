"""What two versions of a text have in common, and what not, word by word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_PARTS = re.compile(r"\s+|[^\W_]+|[぀-ヿ㐀-鿿]|.", re.DOTALL)


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


def compare(old: Sequence[str], new: Sequence[str]) -> list[Paragraph]:
    """Return the paragraphs of both versions in the order of the new one."""
    found: list[Paragraph] = []
    for tag, first, after, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Paragraph(Kind.SAME, ((Kind.SAME, text),)) for text in new[start:end]]
            continue
        paired = min(after - first, end - start)
        for step in range(paired):
            found.append(Paragraph(Kind.SAME, tuple(_words(old[first + step], new[start + step]))))
        found += [Paragraph(Kind.TAKEN, ((Kind.TAKEN, text),)) for text in old[first + paired : after]]
        found += [Paragraph(Kind.ADDED, ((Kind.ADDED, text),)) for text in new[start + paired : end]]
    return found


def _words(old: str, new: str) -> Iterator[tuple[Kind, str]]:
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    for tag, first, last, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Kind.SAME, "".join(after[start:end])
            continue
        if last > first:
            yield Kind.TAKEN, "".join(before[first:last])
        if end > start:
            yield Kind.ADDED, "".join(after[start:end])
