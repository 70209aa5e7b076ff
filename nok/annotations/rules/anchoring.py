"""Where a passage stands after its text was changed.

A wrong passage that is drawn as if nothing had happened may reach a patient; one that has to be asked about costs a
click. So a passage keeps its place in silence only where its words are all there and nothing else could be meant.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from math import ceil

from nok.annotations.rules.words import GONE, SPEAKING, Alignment, Stretch, Words, align

CHANGED_SHARE, ASK_SHARE = 0.60, 0.35
"""So much of its words must be at one place for a passage to be drawn, with a badge, or to be asked about."""
CHANGED_LIKENESS, ASK_LIKENESS = 0.75, 0.60
"""The same where other words were added elsewhere: likeness to the passage, 0 to 1.

Measured: of 77 deleted sentences 2 found something as alike as .75 and 9 as .60, of 289 reworded ones 200 and 271.
"""
NEIGHBORS = 5
"""So many words on either side tell apart most passages that say the same."""
SAYING, WIDE = 8, 80
"""So many words are looked for when the text is asked whether it says the same twice, and so many on either side of
both are compared."""
FEW = 3
"""Fewer words than these say little by themselves."""
LONGEST = 2
"""A passage may grow to so many times its words, and a few; beyond, its words belong to something else."""


class State(StrEnum):
    """How a passage came through a change of its text. The last three are not drawn.

    A detached one was found, and its owner said that it is not what was meant: it is not looked for again.
    """

    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    ASK = "ask"
    ORPHAN = "orphan"
    DETACHED = "detached"

    @property
    def drawn(self) -> bool:
        """Whether the passage is shown in the text."""
        return self in {State.UNCHANGED, State.MOVED, State.CHANGED}


@dataclass(frozen=True)
class Placement:
    """Where a passage stands, in characters of the text; an orphan stands at 0, 0.

    `score` is the share of its words that are there, or the likeness of the wordings.
    """

    state: State
    start: int
    end: int
    score: float


ORPHAN = Placement(State.ORPHAN, 0, 0, 0.0)
DETACHED = Placement(State.DETACHED, 0, 0, 0.0)


@dataclass(frozen=True)
class _Found:
    """A stretch of new words that may be the passage."""

    state: State
    words: Stretch
    score: float


class Reanchoring:
    """Finds passages of one text in another; comparing both takes most of the time and is done once."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = Words(old), Words(new)

    @cached_property
    def _alignment(self) -> Alignment:
        return align(self.old, self.new)

    def place(self, start: int, end: int) -> Placement:
        """Return where the characters from `start` up to `end` of the old text stand in the new one."""
        if self.old.text == self.new.text:
            return Placement(State.UNCHANGED, start, end, 1.0)
        passage = self.old.within(start, end)
        if passage[0] == passage[1]:
            return ORPHAN
        places = self._alignment.places[slice(*passage)]
        if GONE not in places and all(after == before + 1 for before, after in pairwise(places)):
            return self._whole(start, end, passage, (places[0], places[-1] + 1))
        found = self._elsewhere(start, end, passage)
        if found is None or not found.state.drawn:
            options = [*self._in_place(places), *self._among_fresh(passage)]
            best = max(options, key=lambda option: (option.state.drawn, option.score), default=None)
            if best is not None and (found is None or best.state.drawn):
                found = Placement(best.state, *self._characters(best.words), best.score)
        return found or ORPHAN

    def _whole(self, start: int, end: int, passage: Stretch, there: Stretch) -> Placement:
        """Return the place of a passage whose words all stand together: with a badge when another may be meant."""
        old, new = self.old.spans, self.new.spans
        begin = new[there[0]][0] + max(0, start - old[passage[0]][0])
        stop = new[there[1] - 1][1] - max(0, old[passage[1] - 1][1] - end)
        state = State.MOVED if passage[0] in self._alignment.moved else State.UNCHANGED
        sides = self._sides(passage, there)
        # A word or two may have been written anew, and of two paragraphs one may be another.
        speaks = self._count(passage) >= FEW or (any(sides) and "\n" not in self.old.text[start:end])
        once = speaks and self._only_once(self.old.flat[start:end])
        certain = once or (all(sides) and self._unmistakable(passage))
        return Placement(state if certain else State.CHANGED, begin, stop, 1.0)

    def _elsewhere(self, start: int, end: int, passage: Stretch) -> Placement | None:
        """Return where the same wording stands, although the texts around it do not correspond."""
        quote = self.old.flat[start:end]
        spots = list(_occurrences(self.new.flat, quote))
        if not spots:
            return None
        there = {spot: self.new.within(spot, spot + len(quote)) for spot in spots}
        sides = {spot: self._sides(passage, there[spot]) for spot in spots}
        spot = max(spots, key=lambda spot: (not self._is_anothers(passage, there[spot]), sum(sides[spot])))
        gone = {GONE} == {*self._alignment.places[slice(*passage)]}  # or else part of it is known to be something else
        speaking = gone and passage[1] - passage[0] >= SPEAKING and self._only_once(quote)
        alone = sides[spot] == (True, True) and self._unmistakable(passage)
        if speaking or alone:
            return Placement(State.MOVED, spot, spot + len(quote), 1.0)
        state = State.CHANGED if any(sides[spot]) and not self._is_anothers(passage, there[spot]) else State.ASK
        return Placement(state, spot, spot + len(quote), ASK_LIKENESS)

    def _count(self, passage: Stretch) -> int:
        """Return the number of words of a passage, marks apart."""
        return sum(word[0].isalnum() for word in self.old.all[slice(*passage)])

    def _only_once(self, quote: str) -> bool:
        return self.old.flat.count(quote) == 1 and self.new.flat.count(quote) == 1

    def _unmistakable(self, passage: Stretch) -> bool:
        """Whether nothing else could be meant: it is said once, or its twins have all stayed where they were.

        A step may be the same for each of two points, and the other one's is another step.
        """
        said = self.old.around(passage, max(0, ceil((SAYING - passage[1] + passage[0]) / 2)))
        if self.old.flat.count(said) == 1:
            return self.new.flat.count(said) == 1
        return self._twins(self.old, said) == self._twins(self.new, said)

    def _twins(self, words: Words, said: str) -> list[str]:
        spots = _occurrences(words.flat, said)
        return [words.around(words.within(spot, spot + len(said)), WIDE) for spot in spots]

    def _is_anothers(self, passage: Stretch, there: Stretch) -> bool:
        """Whether new words are known to be those of another passage of the old text: its twin."""
        mine = self._alignment.places[slice(*passage)]
        return any(place in self._mapped and place not in mine for place in range(*there))

    @cached_property
    def _mapped(self) -> frozenset[int]:
        return frozenset(self._alignment.places) - {GONE}

    def _sides(self, old: Stretch, new: Stretch) -> tuple[bool, bool]:
        """Return whether the words before, and after, are the same in both texts."""
        return (
            self.old.all[max(0, old[0] - NEIGHBORS) : old[0]] == self.new.all[max(0, new[0] - NEIGHBORS) : new[0]],
            self.old.all[old[1] : old[1] + NEIGHBORS] == self.new.all[new[1] : new[1] + NEIGHBORS],
        )

    def _in_place(self, places: Sequence[int]) -> Iterator[_Found]:
        """Return where most of the words went that are still there."""
        cluster = _densest([place for place in places if place != GONE], len(places))
        if cluster:
            share = len(cluster) / len(places)
            if share >= ASK_SHARE:
                state = State.CHANGED if share >= CHANGED_SHARE else State.ASK
                yield _Found(state, (min(cluster), max(cluster) + 1), share)

    def _among_fresh(self, passage: Stretch) -> Iterator[_Found]:
        """Return stretches of fresh words that are like the passage: a sentence that was moved and reworded."""
        wanted = self.old.all[slice(*passage)]
        matcher = SequenceMatcher(None, b=wanted, autojunk=False)
        for first, after in self._alignment.fresh:
            if after - first < ASK_LIKENESS * len(wanted) / (2 - ASK_LIKENESS):
                continue  # too short to be as like as that
            matcher.set_seq1(self.new.all[first:after])
            same = [first + at + step for at, _there, count in matcher.get_matching_blocks() for step in range(count)]
            cluster = _densest(same, len(wanted))
            if cluster:
                stretch = (min(cluster), max(cluster) + 1)
                likeness = 2 * len(cluster) / (len(wanted) + stretch[1] - stretch[0])
                if likeness >= ASK_LIKENESS:
                    yield _Found(State.CHANGED if likeness >= CHANGED_LIKENESS else State.ASK, stretch, likeness)

    def _characters(self, words: Stretch) -> Stretch:
        return self.new.spans[words[0]][0], self.new.spans[words[1] - 1][1]


def _densest(places: Iterable[int], count: int) -> list[int]:
    """Return the most places that lie within the longest stretch that a passage of `count` words may become."""
    ordered, most, first = sorted(places), LONGEST * count + NEIGHBORS, 0
    best: list[int] = []
    for last, place in enumerate(ordered):
        while place - ordered[first] >= most:
            first += 1
        if last + 1 - first > len(best):
            best = ordered[first : last + 1]
    return best


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)
