"""Which block of a new revision is which block of the old one: notes hang on it."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from nok.authoring.rules import block_keys

texts = st.lists(st.text(alphabet="abcde ", max_size=30), max_size=8)


def keys(new: list[str] | list[tuple[str | None, str]], old: list[tuple[str, str]]) -> list[str]:
    numbers = count(1)
    listed = [(None, item) if isinstance(item, str) else item for item in new]
    return block_keys(listed, old, lambda: f"new-{next(numbers)}")


OLD = [
    ("k1", "The skin has three layers."),
    ("k2", "Never needle over a mole."),
    ("k3", "Rest for a day, then look at the skin again."),
]


def test_the_same_text_keeps_its_key_wherever_it_moves() -> None:
    assert keys([OLD[2][1], OLD[0][1], OLD[1][1]], OLD) == ["k3", "k1", "k2"]


def test_a_corrected_text_keeps_its_key() -> None:
    assert keys([OLD[0][1], "Never ever needle over a mole!", OLD[2][1]], OLD) == ["k1", "k2", "k3"]


def test_a_new_text_gets_a_new_key_and_a_lost_one_is_not_given_again() -> None:
    assert keys([OLD[0][1], "Quite something else: 12345 67890."], OLD) == ["k1", "new-1"]


def test_a_key_that_is_written_down_wins() -> None:
    assert keys([("k3", OLD[0][1]), (None, OLD[2][1])], OLD) == ["k3", "new-1"]
    assert keys([("mine", OLD[0][1]), (None, OLD[0][1])], OLD) == ["mine", "k1"]


def test_of_two_equal_texts_each_keeps_one_key() -> None:
    assert keys(["same", "same"], [("k1", "same"), ("k2", "same")]) == ["k1", "k2"]
    assert keys(["same", "same"], [("k1", "same")]) == ["k1", "new-1"]


def test_a_corrected_text_does_not_take_the_key_of_one_that_stayed() -> None:
    assert keys(["Never needle over a mole?", OLD[1][1]], OLD[:2]) == ["new-1", "k2"]


@given(texts, texts)
def test_no_key_is_given_twice_and_unchanged_texts_keep_theirs(new: list[str], old: list[str]) -> None:
    before = [(f"k{number}", text) for number, text in enumerate(old)]
    found = keys(new, before)
    assert len(found) == len(new) == len(set(found))
    assert keys(old, before) == [key for key, _ in before]
