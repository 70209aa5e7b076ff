"""Scores as arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.assessments.rules import Score, attempts_left, score

KEY = {1: [10], 2: [20, 22], 3: [30], 4: [40]}


@pytest.mark.parametrize(
    ("answers", "right"),
    [
        ({}, 0),
        ({1: [10]}, 1),
        ({1: [10], 2: [20, 22], 3: [30], 4: [40]}, 4),
        ({2: [22, 20]}, 1),
        ({2: [20]}, 0),
        ({2: [20, 21, 22]}, 0),
        ({1: [10, 11]}, 0),
        ({1: [11], 3: [31]}, 0),
        ({1: [10, 10]}, 1),
        ({9: [10]}, 0),
        ({1: []}, 0),
    ],
)
def test_a_question_counts_when_exactly_the_right_choices_are_chosen(answers: dict[int, list[int]], right: int) -> None:
    found = score(KEY, answers, 75)
    assert (found.right, found.total, found.percent) == (right, 4, right * 25)


@pytest.mark.parametrize(
    ("right", "mark", "passed"), [(9, 75, True), (8, 75, False), (12, 100, True), (11, 100, False)]
)
def test_the_mark_itself_passes_and_less_does_not(right: int, mark: int, passed: bool) -> None:  # noqa: FBT001
    key = {number: [number] for number in range(12)}
    assert score(key, {number: [number] for number in range(right)}, mark).passed is passed


def test_a_score_is_never_rounded_up_to_the_mark() -> None:
    key = {number: [number] for number in range(1000)}
    assert score(key, {number: [number] for number in range(749)}, 75) == Score(749, 1000, 74, passed=False)


@given(st.integers(1, 200), st.integers(0, 200), st.integers(1, 100))
def test_what_is_shown_and_what_is_decided_agree(total: int, right: int, mark: int) -> None:
    right = min(right, total)
    found = score({n: [n] for n in range(total)}, {n: [n] for n in range(right)}, mark)
    assert found.passed == (right / total >= mark / 100)
    assert found.passed == (found.percent >= mark), "who reads 75 percent and a mark of 75 has passed"


def test_all_tries_are_counted_and_none_given_back() -> None:
    assert [attempts_left(3, 0, used) for used in range(5)] == [3, 2, 1, 0, 0]
    assert [attempts_left(3, 1, used) for used in range(5)] == [4, 3, 2, 1, 0], "one more for this person"
    assert attempts_left(0, 0, 99) is None, "0 allows any number"
