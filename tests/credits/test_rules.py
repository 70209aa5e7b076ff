"""Hours, license numbers, and what boards demand of a course."""

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from nok.cli.demonstration import FOLDER
from nok.credits.rules import Offer, hours_by_board, lacking, number_fits, total_hours, written
from nok.formats import boards_file

OFFER = Offer(test_items=10, pass_mark=75, worksheets=1, evaluation=True, most_speed_percent=150)


@dataclass(frozen=True)
class Line:
    board_name: str
    hours: Decimal


@pytest.mark.parametrize(("hours", "shown"), [("1.00", "1"), ("1.50", "1.5"), ("10.00", "10"), ("0.25", "0.25")])
def test_hours_are_written_without_idle_zeros(hours: str, shown: str) -> None:
    assert str(written(Decimal(hours))) == shown


def test_hours_are_added_up_for_each_board_and_never_across_boards() -> None:
    lines = [Line("A", Decimal("1.5")), Line("B", Decimal(2)), Line("A", Decimal("0.75"))]
    assert hours_by_board(lines) == {"A": Decimal("2.25"), "B": Decimal(2)}
    assert total_hours(lines) == Decimal("2.25")
    assert total_hours([]) is None


@pytest.mark.parametrize("number", ["123", "999999", "10000"])
def test_an_nccaom_id_has_three_to_six_digits(number: str) -> None:
    assert number_fits(nccaom(), number)


@pytest.mark.parametrize("number", ["", "12", "1234567", "012345", "12a45", "\uff11\uff12\uff13", "123\n", " 123"])
def test_anything_else_is_none(number: str) -> None:
    assert not number_fits(nccaom(), number)


def test_any_number_fits_where_no_form_is_known() -> None:
    assert number_fits("", "AC 12345")


def nccaom() -> str:
    return next(board.number_pattern for board in demo_boards() if board.code == "US-NCCAOM")


def demo_boards() -> tuple[boards_file.BoardSource, ...]:
    return boards_file.read(Path(FOLDER / "boards.toml"))


def test_a_course_that_offers_all_lacks_nothing() -> None:
    demands = {
        "least_test_items": 10,
        "least_pass_mark": 75,
        "most_speed_percent": 150,
        "pass_mark_told": True,
        "worksheet_review": True,
        "evaluation": True,
    }
    assert lacking(demands, OFFER) == []
    assert lacking({}, Offer(0, 0, 0, evaluation=False, most_speed_percent=300)) == []


@pytest.mark.parametrize(
    ("demands", "offer", "said"),
    [
        ({"least_test_items": 10}, replace(OFFER, test_items=9), "at least 10 questions in the test; it has 9"),
        ({"least_test_items": 1}, replace(OFFER, test_items=0), "a test of at least 1 question"),
        ({"least_pass_mark": 80}, OFFER, "at least 80 percent; it is 75"),
        ({"worksheet_review": True}, replace(OFFER, worksheets=0), "a worksheet that the teacher reviews"),
        ({"evaluation": True}, replace(OFFER, evaluation=False), "an evaluation"),
        ({"most_speed_percent": 125}, OFFER, "at most 1.25 times as fast; up to 1.5"),
    ],
)
def test_what_is_missing_is_said_in_words(demands: dict[str, int], offer: Offer, said: str) -> None:
    (sentence,) = lacking(demands, offer)
    assert said in sentence


def test_the_demo_invents_every_number_and_names_every_source() -> None:
    boards = {board.code: board for board in demo_boards()}
    assert {"US-CA-CAB", "US-NCCAOM"} < set(boards)
    assert all(not board.provider_number or board.provider_number.startswith("DEMO-") for board in boards.values())
    assert all(board.source and board.last_checked for board in boards.values())
    assert boards["US-NCCAOM"].demands == {"least_test_items": 10, "pass_mark_told": True, "worksheet_review": True}
    assert boards["US-CA-CAB"].demands["evaluation"]
