"""Doors and passwords, as arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.accounts.models import Person, Role
from nok.accounts.policy import is_operator, is_teacher
from nok.accounts.rules import COMMON, FORGET_SECONDS, FREE, LONGEST_WAIT, password_problem, wait_seconds


@pytest.mark.parametrize("door", FREE)
def test_the_first_tries_are_free(door: str) -> None:
    assert [wait_seconds(door, failures, 0) for failures in range(FREE[door])] == [0] * FREE[door]
    assert wait_seconds(door, FREE[door], 0) == 2


def test_then_waiting_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [wait_seconds("pair", FREE["pair"] + more, 0) for more in range(12)]
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    assert max(waits) == LONGEST_WAIT


def test_nobody_can_shut_another_out_for_long() -> None:
    assert max(wait_seconds("account", failures, 0) for failures in range(10_000)) == 60


@pytest.mark.parametrize(("since", "wait"), [(0, 8), (3, 5), (7.4, 1), (8, 0), (500, 0)])
def test_time_that_has_passed_counts(since: float, wait: int) -> None:
    assert wait_seconds("pair", FREE["pair"] + 2, since) == wait


def test_after_a_while_all_is_forgotten() -> None:
    assert wait_seconds("pair", 10_000, FORGET_SECONDS + 1) == 0


@given(st.sampled_from(sorted(FREE)), st.integers(0, 10**6), st.floats(0, 10**6))
def test_a_wait_is_never_negative_nor_endless(door: str, failures: int, since: float) -> None:
    assert 0 <= wait_seconds(door, failures, since) <= LONGEST_WAIT


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("", "short"),
        ("123456789", "short"),
        ("aaaaaaaaaaaa", "common"),
        ("ababababab", "common"),
        ("Password123", "common"),
        ("mei.lin@clinic.example", "email"),
        ("MEI.LIN@clinic.example", "email"),
        ("correct horse battery", None),
        ("足三里合谷太冲百会内关", None),
        ("needle-safety-demo", None),
    ],
)
def test_length_decides_and_what_is_guessed_first_is_refused(password: str, problem: str | None) -> None:
    assert password_problem(password, "mei.lin@clinic.example") == problem


def test_the_name_in_the_address_is_no_password() -> None:
    assert password_problem("acupuncturist", "acupuncturist@clinic.example") == "email"
    assert password_problem("acupuncturist", "") is None


def test_every_common_password_is_refused_in_any_case() -> None:
    for password in COMMON:
        assert password_problem(password.upper(), "a@b.example") in {"common", "short"}


def test_operators_stand_in_for_teachers_and_not_the_other_way() -> None:
    people = {role: Person(role=role) for role in Role}
    assert [role for role in Role if is_teacher(people[role])] == [Role.TEACHER, Role.OPERATOR]
    assert [role for role in Role if is_operator(people[role])] == [Role.OPERATOR]
