"""Signed links: for one purpose, for a while, and not to be altered."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.core import tokens

KEY = "k" * 40
DAY = 86_400


@given(st.one_of(st.integers(), st.text(max_size=20), st.lists(st.integers(), max_size=3)))
def test_what_was_signed_is_read(value: object) -> None:
    assert tokens.read(KEY, "register", tokens.sign(KEY, "register", value), max_age=DAY) == value


def test_a_token_serves_one_purpose_and_one_key() -> None:
    token = tokens.sign(KEY, "register", 7)
    assert tokens.read(KEY, "reset", token, max_age=DAY) is None
    assert tokens.read("x" * 40, "register", token, max_age=DAY) is None


def test_any_altered_character_shows() -> None:
    token = tokens.sign(KEY, "register", 7)
    for place in range(len(token) - 1):  # the very last one carries bits that are not used
        other = "A" if token[place] != "A" else "B"
        assert tokens.read(KEY, "register", token[:place] + other + token[place + 1 :], max_age=DAY) is None, place


def test_a_token_grows_old(monkeypatch: pytest.MonkeyPatch) -> None:
    token = tokens.sign(KEY, "register", 7)
    moment = time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: moment + DAY - 5)
    assert tokens.read(KEY, "register", token, max_age=DAY) == 7
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: moment + DAY + 5)
    assert tokens.read(KEY, "register", token, max_age=DAY) is None


@pytest.mark.parametrize("text", ["", ".", "..", "\0", "足", "x" * 10_000, "a.b.c"])
def test_what_is_no_token_is_none(text: str) -> None:
    assert tokens.read(KEY, "register", text, max_age=DAY) is None


def test_random_tokens_are_long_and_only_their_fingerprint_is_told() -> None:
    token = tokens.new_token()
    assert len(token) >= 43
    assert token != tokens.new_token()
    assert tokens.fingerprint(token) == tokens.fingerprint(token)
    assert token not in tokens.fingerprint(token)
    assert len(tokens.fingerprint(token)) == 64
