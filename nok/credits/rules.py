"""What is true of hours, license numbers and demands, whatever the database holds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from flask_babel import lazy_gettext as _

PERCENT = 100
KEEP_YEARS = 6  # what we advise where no board says more


class Hours(Protocol):
    """Hours that one board counts."""

    @property
    def board_name(self) -> str:
        """Who counts them."""

    @property
    def hours(self) -> Decimal:
        """How many."""


@dataclass(frozen=True)
class Offer:
    """What a revision of a course offers, to be compared with what boards demand.

    `test_items` is the number of questions in one attempt of its shortest test, 0 without a test; `pass_mark` is in
    percent; `most_speed_percent` is 150 for 1.5 times.
    """

    test_items: int
    pass_mark: int
    worksheets: int
    evaluation: bool
    most_speed_percent: int


def written(hours: Decimal) -> Decimal:
    """Return the same number of hours without idle zeros: 1.00 is 1, 1.50 is 1.5, 10.00 is 10."""
    whole = hours.to_integral_value()
    return whole if hours == whole else hours.normalize()


def hours_by_board(lines: Iterable[Hours]) -> dict[str, Decimal]:
    """Return the sum of each board's hours by the board's name, in the order of the lines."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.board_name] = sums.get(line.board_name, Decimal(0)) + line.hours
    return {name: written(hours) for name, hours in sums.items()}


def total_hours(lines: Iterable[Hours]) -> Decimal | None:
    """Return the hours of the board that counts most, None without credit.

    Boards count the same course, each for itself: their hours are never added up.
    """
    return max(hours_by_board(lines).values(), default=None)


def number_fits(pattern: str, number: str) -> bool:
    """Whether a license number has the form that its board gives numbers; any does where no form is known."""
    return not pattern or re.fullmatch(pattern, number) is not None


def lacking(demands: Mapping[str, Any], offer: Offer) -> list[str]:
    """Return, in sentences, what a board demands of a course and this one does not offer; empty when nothing is.

    That the pass mark is told (`pass_mark_told`) needs no comparison: the course page always tells it.
    """
    items, mark, speed = (demands.get(key) for key in ("least_test_items", "least_pass_mark", "most_speed_percent"))
    found = []
    if items and not offer.test_items:
        found.append(_("a test of at least %(least)s questions at the end; there is none", least=items))
    elif items and offer.test_items < items:
        found.append(_("at least %(least)s questions in the test; it has %(has)s", least=items, has=offer.test_items))
    if mark and offer.test_items and offer.pass_mark < mark:
        found.append(_("a pass mark of at least %(least)s percent; it is %(has)s", least=mark, has=offer.pass_mark))
    if demands.get("worksheet_review") and not offer.worksheets:
        found.append(_("a worksheet that the teacher reviews before the test; there is none"))
    if demands.get("evaluation") and not offer.evaluation:
        found.append(_("an evaluation of the course by its learners; there is none"))
    if speed and offer.most_speed_percent > speed:
        found.append(
            _(
                "videos played at most %(most)s times as fast; up to %(has)s times is allowed",
                most=written(Decimal(speed) / PERCENT),
                has=written(Decimal(offer.most_speed_percent) / PERCENT),
            )
        )
    return [str(sentence) for sentence in found]
