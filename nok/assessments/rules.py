"""Scores, as pure arithmetic."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """The outcome of an attempt. `percent` is rounded down: 74.9 does not pass a mark of 75."""

    right: int
    total: int
    percent: int
    passed: bool


def score(key: Mapping[int, Collection[int]], answers: Mapping[int, Collection[int]], pass_mark: int) -> Score:
    """Compare chosen with right choices, by question. A question counts only when exactly the right ones are chosen."""
    right = sum(1 for question, wanted in key.items() if set(answers.get(question, ())) == set(wanted))
    total = len(key)
    percent = right * 100 // total if total else 0
    return Score(right, total, percent, right * 100 >= pass_mark * total)


def attempts_left(allowed: int, used: int) -> int | None:
    """Return how many more attempts may be started; None when any number may (allowed = 0)."""
    return None if allowed == 0 else max(0, allowed - used)
