"""What of a certificate anyone may see, and what a reason must be."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

LONGEST_REASON = 500
_SHOWN = 2
_SHORTEST_SHOWN = 5
_HIDDEN = "•••"


@dataclass(frozen=True)
class BoardHours:
    """The hours that one board counts, over several certificates."""

    board_name: str
    hours: Decimal
    certificates: int


def masked(number: str) -> str:
    """Return a license number for the public: its last two characters, and of a short one nothing.

    How long it is does not show.
    """
    return _HIDDEN + (number[-_SHOWN:] if len(number) >= _SHORTEST_SHOWN else "")


def added_up(credits_of_each: Iterable[dict[str, Decimal]]) -> list[BoardHours]:
    """Return the sum of the hours of several certificates, each by board, in the order of the boards' names."""
    sums: dict[str, BoardHours] = {}
    for by_board in credits_of_each:
        for name, hours in by_board.items():
            so_far = sums.get(name, BoardHours(name, Decimal(0), 0))
            sums[name] = BoardHours(name, so_far.hours + hours, so_far.certificates + 1)
    return [sums[name] for name in sorted(sums)]
