"""Seat time, as pure arithmetic.

Seat time is distinct media time. What a player says it played is accepted only as far as the server's clock allows:
the time since the last accepted beat, times the speed cap. (Settled rule of the product; boards ask for "actual
participation", for example 16 CCR 1399.481 in California.)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

COMPLETE_PERCENT = 95
LONGEST_GAP_MS = 60_000

Interval = tuple[int, int]


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """Return sorted, disjoint intervals that cover the same; touching ones become one."""
    merged: list[Interval] = []
    for start, end in sorted(intervals):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def length(intervals: Iterable[Interval]) -> int:
    """Return the sum of the lengths of disjoint intervals."""
    return sum(end - start for start, end in intervals)


def subtract(intervals: Iterable[Interval], covered: Sequence[Interval]) -> list[Interval]:
    """Return what of `intervals` is not in `covered`; each of both is sorted and disjoint, as a union is."""
    left: list[Interval] = []
    for start, end in intervals:
        at = start
        for taken_start, taken_end in covered:
            if taken_end <= at:
                continue
            if taken_start >= end:
                break
            if taken_start > at:
                left.append((at, taken_start))
            at = max(at, taken_end)
        if at < end:
            left.append((at, end))
    return left


@dataclass(frozen=True)
class Beat:
    """The outcome of one beat, in media milliseconds."""

    accepted: list[Interval]
    covered: list[Interval]
    allowed_ms: int
    paused: bool


def accept(
    played: Sequence[Interval],
    covered: Sequence[Interval],
    *,
    elapsed_ms: int,
    speed_cap_percent: int,
    length_ms: int,
) -> Beat:
    """Credit what was played, up to the clock.

    `elapsed_ms` is the server's time since the last accepted beat. After a gap of more than a minute nothing of the
    beat is credited (`paused`): a lost connection cannot be told from a film that ran by itself. What is covered
    already costs nothing, so a beat that is sent again is harmless.
    """
    inside = union((max(0, start), min(end, length_ms)) for start, end in played)
    known = union(covered)
    if elapsed_ms > LONGEST_GAP_MS:
        return Beat([], known, 0, paused=True)
    allowed = max(0, elapsed_ms) * speed_cap_percent // 100
    accepted: list[Interval] = []
    left = allowed
    for start, end in subtract(inside, known):
        if left <= 0:
            break
        taken = min(end - start, left)
        accepted.append((start, start + taken))
        left -= taken
    return Beat(accepted, union([*known, *accepted]), allowed, paused=False)


def is_complete(covered: Iterable[Interval], length_ms: int) -> bool:
    """Whether 95 % of a video is covered."""
    return length_ms > 0 and length(union(covered)) * 100 >= COMPLETE_PERCENT * length_ms
