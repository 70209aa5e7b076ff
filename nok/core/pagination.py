"""Pages of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a list: its items, the number of all items, and which page this is (from 1)."""

    items: Sequence[T]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        """The number of pages, at least one."""
        return max(1, -(-self.total // self.size))


def page_of(items: Sequence[T], number: int, size: int) -> Page[T]:
    """Return one page of a list that is whole in memory: the last one when there are not so many."""
    last = max(1, -(-len(items) // size))
    number = max(1, min(number, last))
    return Page(items[(number - 1) * size : number * size], len(items), number, size)
