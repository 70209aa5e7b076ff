"""Gates, as pure logic: what stands between a learner and the certificate, in order, and what each waits for.

Lessons may be studied and worksheets handed in in any order. The test opens when all of them are done and every
worksheet is accepted; the evaluation opens after the test.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum


class GateKind(StrEnum):
    """What stands before the certificate, in order."""

    WATCH = "watch"
    WORKSHEET = "worksheet"
    REVIEW = "review"
    TEST = "test"
    EVALUATION = "evaluation"


class GateState(StrEnum):
    """How a gate stands.

    `done`; `open`, the learner can work on it; `waiting`, it is someone else's turn; `blocked`, something before it is
    not done; `failed`, no try is left.
    """

    DONE = "done"
    OPEN = "open"
    WAITING = "waiting"
    BLOCKED = "blocked"
    FAILED = "failed"


@dataclass(frozen=True)
class Gate:
    """A gate and what it waits for: `missing` lessons (slugs in order), and for a test its mark and tries.

    A blocked gate names the gate that blocks it, and what is missing there. `returned` counts worksheets that came
    back from the reviewer.
    """

    kind: GateKind
    state: GateState
    missing: tuple[str, ...] = ()
    pass_mark: int = 0
    best_percent: int | None = None
    attempts_left: int | None = None
    blocked_by: GateKind | None = None
    returned: int = 0


@dataclass(frozen=True)
class Work:
    """One lesson's part in the gates: the gate it stands for (a worksheet for its review, too), and how far it is.

    `done` is watched, read, accepted, passed or sent; `handed_in` and `returned` are a worksheet's.
    """

    slug: str
    kind: GateKind
    done: bool
    handed_in: bool = False
    returned: bool = False
    best_percent: int | None = None
    attempts_left: int | None = None


def gates(work: Sequence[Work], pass_mark: int) -> list[Gate]:
    """Return the gates of a course in order; there is no gate where the course has no such lesson."""
    of = {kind: [item for item in work if item.kind is kind] for kind in GateKind}
    found: list[Gate] = []
    if of[GateKind.WATCH]:
        found.append(_simple(GateKind.WATCH, of[GateKind.WATCH]))
    if of[GateKind.WORKSHEET]:
        found += [_worksheet(of[GateKind.WORKSHEET]), _review(of[GateKind.WORKSHEET])]
    if of[GateKind.TEST]:
        found.append(_after(found, _test(of[GateKind.TEST], pass_mark)))
    if of[GateKind.EVALUATION]:
        found.append(_after(found, _simple(GateKind.EVALUATION, of[GateKind.EVALUATION])))
    return found


def all_done(found: Sequence[Gate]) -> bool:
    """Whether every gate is done; a course without any lesson is never completed."""
    return bool(found) and all(gate.state is GateState.DONE for gate in found)


def next_gate(found: Sequence[Gate]) -> Gate | None:
    """Return the gate to go to: the first the learner can work on, or else the first that is not done."""
    undone = [gate for gate in found if gate.state is not GateState.DONE]
    return next((gate for gate in undone if gate.state is GateState.OPEN), next(iter(undone), None))


def _simple(kind: GateKind, work: Sequence[Work]) -> Gate:
    missing = tuple(item.slug for item in work if not item.done)
    return Gate(kind, GateState.OPEN if missing else GateState.DONE, missing)


def _worksheet(work: Sequence[Work]) -> Gate:
    # Those that came back come first: someone has read them and waits.
    waiting = sorted((item for item in work if not item.handed_in), key=lambda item: not item.returned)
    state = GateState.OPEN if waiting else GateState.DONE
    returned = sum(1 for item in waiting if item.returned)
    return Gate(GateKind.WORKSHEET, state, tuple(item.slug for item in waiting), returned=returned)


def _review(work: Sequence[Work]) -> Gate:
    read = tuple(item.slug for item in work if item.handed_in and not item.done)
    if read:
        return Gate(GateKind.REVIEW, GateState.WAITING, read)
    if all(item.done for item in work):
        return Gate(GateKind.REVIEW, GateState.DONE)
    return Gate(GateKind.REVIEW, GateState.BLOCKED, _worksheet(work).missing, blocked_by=GateKind.WORKSHEET)


def _test(tests: Sequence[Work], pass_mark: int) -> Gate:
    waiting = [item for item in tests if not item.done]
    if not waiting:
        best = min(item.best_percent or 0 for item in tests)
        return Gate(GateKind.TEST, GateState.DONE, pass_mark=pass_mark, best_percent=best)
    first = waiting[0]
    return Gate(
        GateKind.TEST,
        GateState.FAILED if first.attempts_left == 0 else GateState.OPEN,
        tuple(item.slug for item in waiting),
        pass_mark,
        first.best_percent,
        first.attempts_left,
    )


def _after(before: Sequence[Gate], gate: Gate) -> Gate:
    """Return the gate, blocked while one before it is not done; what is done or failed stays so."""
    blocking = next_gate(before)
    if blocking is None or gate.state is not GateState.OPEN:
        return gate
    return replace(gate, state=GateState.BLOCKED, missing=blocking.missing, blocked_by=blocking.kind)
