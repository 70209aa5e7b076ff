"""What of a license number anyone may see, and hours over several certificates."""

from decimal import Decimal

import pytest

from nok.certificates.rules import BoardHours, added_up, masked


@pytest.mark.parametrize(
    ("number", "shown"),
    [("AC 12345", "•••45"), ("123456", "•••56"), ("12345", "•••45"), ("1234", "•••"), ("123", "•••"), ("", "•••")],
)
def test_of_a_license_number_two_characters_are_shown_and_of_a_short_one_none(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_hours_of_several_certificates_are_added_up_by_board() -> None:
    one, two = {"B": Decimal(1), "A": Decimal("0.5")}, {"B": Decimal("1.25")}
    assert added_up([one, two]) == [BoardHours("A", Decimal("0.5"), 1), BoardHours("B", Decimal("2.25"), 2)]
    assert added_up([{}]) == []
