"""The words of a text, and which of them are the same words in another version of it."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

# Chinese and Japanese put no spaces between words: there, each character counts as one. So does every mark.
_WORD = re.compile(r"[぀-ヿ㐀-鿿豈-﫿\U00020000-\U0003134f]|[^\W_]+(?:['’\u00ad][^\W_]+)*|[^\w\s]|_")  # noqa: RUF001
_ENDS = frozenset(".!?。！？…")  # noqa: RUF001
_CLOSES = frozenset("\"'”’»)]）」』")  # noqa: RUF001
GONE = -1

SPEAKING = 6
"""From so many words on, what stood once and stands once again is the same, wherever it stands."""

Stretch = tuple[int, int]
"""Words or characters: the first, and the one after the last."""


@dataclass(frozen=True)
class Words:
    """The words of a text whose paragraphs stand on lines of their own."""

    text: str

    @cached_property
    def flat(self) -> str:
        """Return the text in one line, every character at its place."""
        return self.text.replace("\n", " ")

    @cached_property
    def spans(self) -> list[Stretch]:
        """Return the characters of each word."""
        return [found.span() for found in _WORD.finditer(self.text)]

    @cached_property
    def all(self) -> list[str]:
        """Return the words."""
        return [self.text[start:end] for start, end in self.spans]

    @cached_property
    def sentences(self) -> list[Stretch]:
        """Return the words of each sentence. A sentence ends with its mark, or with the paragraph."""
        edges, over = [0], False
        for place, (before, word) in enumerate(pairwise(self.spans), 1):
            last = self.text[slice(*before)]
            over = last in _ENDS or (over and last in _CLOSES)
            between = self.text[before[1] : word[0]]
            if "\n" in between or (over and self.text[slice(*word)] not in _CLOSES):
                edges.append(place)
        return [*pairwise([*edges, len(self.spans)])] if self.spans else []

    def within(self, start: int, end: int) -> Stretch:
        """Return the words of which some characters lie in the stretch."""
        first = bisect_right(self._ends, start)
        return first, max(first, bisect_left(self._starts, end))

    def around(self, words: Stretch, reach: int) -> str:
        """Return a stretch of words with so many before and after it, in one line."""
        first, last = max(0, words[0] - reach), min(len(self.spans), words[1] + reach) - 1
        return self.flat[self.spans[first][0] : self.spans[last][1]]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _end in self.spans]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _start, end in self.spans]


@dataclass(frozen=True)
class Alignment:
    """For each old word its place in the new text, or GONE; `moved` are old words that others overtook."""

    places: list[int]
    moved: frozenset[int]
    fresh: list[Stretch]
    """New words in sentences that did not stand there before, as far as they follow each other."""


def align(old: Words, new: Words) -> Alignment:
    """Compare sentence by sentence, and word by word where sentences differ.

    Sentences that are the same keep their order as far as that can be; of the others, one that speaks for itself is
    found wherever it went.
    """
    old_said, new_said = _said(old), _said(new)
    same = SequenceMatcher(None, old_said, new_said, autojunk=False).get_matching_blocks()
    places, moved = [GONE] * len(old.all), set[int]()
    left_old, left_new = set(range(len(old_said))), set(range(len(new_said)))
    for at, there, count in same:
        for step in range(count):
            _map(places, old.sentences[at + step], new.sentences[there + step])
            left_old.discard(at + step)
            left_new.discard(there + step)
    for at, there in _moved(old_said, new_said, left_old, left_new):
        _map(places, old.sentences[at], new.sentences[there])
        moved.update(range(*old.sentences[at]))
        left_old.discard(at)
        left_new.discard(there)
    for old_gap, new_gap in _gaps(same, left_old, left_new):
        _map_words(places, _words_of(old, old_gap), _words_of(new, new_gap), old.all, new.all)
    return Alignment(places, frozenset(moved), [*_runs(new.sentences[place] for place in sorted(left_new))])


def _said(words: Words) -> list[tuple[str, ...]]:
    return [tuple(words.all[first:after]) for first, after in words.sentences]


def _map(places: list[int], old: Stretch, new: Stretch) -> None:
    places[slice(*old)] = range(*new)


def _moved(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], left_old: set[int], left_new: set[int]
) -> list[tuple[int, int]]:
    """Return the sentences that stood once, stand once, and are long enough for that to mean something."""
    once_before, once_now = Counter(old), Counter(new)
    now = {new[there]: there for there in left_new}
    return [
        (at, now[old[at]])
        for at in sorted(left_old)
        if len(old[at]) >= SPEAKING and old[at] in now and once_before[old[at]] == once_now[old[at]] == 1
    ]


def _gaps(
    same: Sequence[tuple[int, int, int]], left_old: set[int], left_new: set[int]
) -> Iterator[tuple[list[int], list[int]]]:
    """Return the sentences, old and new, between those that are the same."""
    at = there = 0
    for next_at, next_there, count in same:
        yield (
            [place for place in range(at, next_at) if place in left_old],
            [place for place in range(there, next_there) if place in left_new],
        )
        at, there = next_at + count, next_there + count


def _words_of(words: Words, sentences: Sequence[int]) -> list[int]:
    return [word for sentence in sentences for word in range(*words.sentences[sentence])]


def _map_words(places: list[int], old: list[int], new: list[int], before: list[str], now: list[str]) -> None:
    if not old or not new:
        return
    matcher = SequenceMatcher(None, [before[word] for word in old], [now[word] for word in new], autojunk=False)
    for at, there, count in matcher.get_matching_blocks():
        for step in range(count):
            places[old[at + step]] = new[there + step]


def _runs(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Join stretches that follow each other."""
    run: Stretch | None = None
    for first, after in stretches:
        if run is not None and run[1] == first:
            run = (run[0], after)
            continue
        if run is not None:
            yield run
        run = (first, after)
    if run is not None:
        yield run
