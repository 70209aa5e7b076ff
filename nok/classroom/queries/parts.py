"""A transcript in parts that are read one after the other, in place of the film."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_MS = 60_000


@dataclass(frozen=True)
class Cue:
    """A line of the transcript; times are media milliseconds."""

    key: str
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True)
class Part:
    """What is said from `start_ms` to `end_ms` of the film; '' where nobody speaks."""

    number: int
    start_ms: int
    end_ms: int
    text: str


def parts(cues: Sequence[Cue], length_ms: int) -> list[Part]:
    """Return the film's whole length in parts of up to a minute, divided where a cue ends.

    Only where nothing ends for a minute (silence, or one very long cue) a part ends in the middle.
    """
    ends = sorted({min(cue.end_ms, length_ms) for cue in cues} | {length_ms})
    cuts, start, last = list[int](), 0, 0
    for end in ends:
        if end - start > MOST_MS and last > start:
            cuts.append(last)
            start = last
        while end - start > MOST_MS:
            start += MOST_MS
            cuts.append(start)
        last = end
    if length_ms > start:
        cuts.append(length_ms)
    found = []
    for number, end in enumerate(cuts, 1):
        start = cuts[number - 2] if number > 1 else 0
        words = [cue.text for cue in cues if start <= cue.start_ms < end]
        found.append(Part(number, start, end, " ".join(words)))
    return found
