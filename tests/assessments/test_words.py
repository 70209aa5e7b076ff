"""Counted words, draws and ratings, as arithmetic."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.assessments.rules import Offered, count_words, draw, topics, unrated, words_missing

# The same texts and numbers as in static/js/tests/words.test.mjs: page and server must agree.
COUNTED = [
    ("", 0),
    (" \n\t ", 0),
    ("one", 1),
    ("one two  three", 3),
    ("don't - stop", 2),
    ("it\u2019s a well-known point", 4),
    ("ST-36 and LI4", 3),
    ("足三里", 3),
    ("Zú Sān Lǐ 足三里", 6),
    ("주미림 선생님", 2),
    ("… — !", 0),
    ("a_b 12.5", 3),
]
BANK: list[Offered] = [(number, [number * 10 + place for place in range(4)]) for number in range(1, 21)]


@pytest.mark.parametrize(("text", "words"), COUNTED)
def test_words_are_counted_in_any_script(text: str, words: int) -> None:
    assert count_words(text) == words


def test_what_is_missing_is_counted_by_prompt_and_an_answer_is_always_asked_for() -> None:
    least = {"a": 3, "b": 0, "c": 2}
    assert words_missing(least, {"a": "one", "b": "", "c": "one two"}) == {"a": 2, "b": 1}
    assert words_missing(least, {"a": "one two three", "b": "x", "c": "足三"}) == {}


@given(st.integers(0, 25), st.booleans(), st.integers())
def test_a_draw_holds_that_many_different_questions_with_all_their_choices(
    count: int,
    shuffle: bool,  # noqa: FBT001
    seed: int,
) -> None:
    drawn = draw(BANK, count, shuffle=shuffle, chance=random.Random(seed))
    assert len(drawn) == len({question for question, _ in drawn}) == (min(count, 20) or 20)
    assert all(sorted(choices) == dict(BANK)[question] for question, choices in drawn)
    if not shuffle:
        assert drawn == sorted(drawn), "in the order they were written"


def test_draws_differ_and_every_question_has_its_turn() -> None:
    chance = random.Random(7)
    draws = [draw(BANK, 5, shuffle=True, chance=chance) for _ in range(60)]
    assert {question for drawn in draws for question, _ in drawn} == set(dict(BANK))
    assert len({str(drawn) for drawn in draws}) > 50
    assert any(choices != sorted(choices) for drawn in draws for _, choices in drawn)


def test_an_evaluation_rates_each_objective_and_three_things_more() -> None:
    assert topics(2) == ["objective-1", "objective-2", "knowledge", "methods", "usefulness"]
    assert unrated(topics(1), {"objective-1": 5, "knowledge": 0, "methods": 6}) == [
        "knowledge",
        "methods",
        "usefulness",
    ]
