"""Seat time and gates, as pure arithmetic.

Seat time is distinct media time. What a player says it played is accepted only as far as the server's clock allows:
the time since the last accepted beat, times the speed cap. (Settled rule of the product; boards ask for "actual
participation", for example 16 CCR 1399.481 in California.)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

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
    """Return what of `intervals` is not in `covered`; both are taken as unions."""
    left: list[Interval] = []
    for start, end in union(intervals):
        at = start
        for taken_start, taken_end in union(covered):
            if taken_end <= at or taken_start >= end:
                continue
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


class GateKind(StrEnum):
    """What stands before the certificate, in order."""

    WATCH = "watch"
    TEST = "test"


class GateState(StrEnum):
    """`done`; `open`, the learner can work on it; `blocked`, something before it is not done; `failed`, no try left."""

    DONE = "done"
    OPEN = "open"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True)
class Gate:
    """A gate and what it waits for: `missing` lessons (slugs in order), and for a test its mark and tries."""

    kind: GateKind
    state: GateState
    missing: tuple[str, ...] = ()
    pass_mark: int = 0
    best_percent: int | None = None
    attempts_left: int | None = None


@dataclass(frozen=True)
class Work:
    """One lesson's part in the gates: whether it is a test, and whether it is done."""

    slug: str
    test: bool
    done: bool
    best_percent: int | None = None
    attempts_left: int | None = None


def gates(work: Sequence[Work], pass_mark: int) -> list[Gate]:
    """Return the gates of a course in order: no test gate without tests, no watch gate without anything else."""
    found: list[Gate] = []
    studied = [item for item in work if not item.test]
    missing = tuple(item.slug for item in studied if not item.done)
    if studied:
        found.append(Gate(GateKind.WATCH, GateState.OPEN if missing else GateState.DONE, missing))
    tests = [item for item in work if item.test]
    waiting = [item for item in tests if not item.done]
    if tests and not waiting:
        best = min((item.best_percent or 0 for item in tests), default=0)
        found.append(Gate(GateKind.TEST, GateState.DONE, pass_mark=pass_mark, best_percent=best))
    elif tests:
        state = GateState.BLOCKED if missing else GateState.OPEN
        if waiting[0].attempts_left == 0:
            state = GateState.FAILED
        found.append(
            Gate(
                GateKind.TEST,
                state,
                missing or tuple(item.slug for item in waiting),
                pass_mark,
                waiting[0].best_percent,
                waiting[0].attempts_left,
            )
        )
    return found


def all_done(found: Sequence[Gate]) -> bool:
    """Whether every gate is done; a course without any lesson is never completed."""
    return bool(found) and all(gate.state is GateState.DONE for gate in found)
