"""A tiny in-process memory of answers that may be a few seconds old."""

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")


class BriefCache(Generic[T]):
    """Remembers what a function answered, for `seconds`, up to `most` answers."""

    def __init__(self, seconds: float, most: int = 10_000) -> None:
        self._seconds = seconds
        self._most = most
        self._kept: dict[Hashable, tuple[float, T]] = {}

    def get(self, key: Hashable, ask: Callable[[], T]) -> T:
        """Return the remembered answer for `key`, or `ask` and remember."""
        moment = time.monotonic()
        kept = self._kept.get(key)
        if kept is not None and kept[0] > moment:
            return kept[1]
        answer = ask()
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = (moment + self._seconds, answer)
        return answer
