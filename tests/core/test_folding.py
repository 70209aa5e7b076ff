"""Search finds what people mean, however they write it."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from nok.core.folding import fold, like
from tests.factories import courses
from tests.pages import Browser


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Zú Sān Lǐ", "zu san li"),
        ("ST36", "St-36"),
        ("st 36", "ST\u201336"),
        ("\uff33\uff34\uff13\uff16", "ST36"),  # full width, as Chinese keyboards type it
        ("Zhōu Měilín", "zhou meilin"),
        ("LÜ", "lu\u0308"),
        ("Straße", "STRASSE"),
        ("micro-needling", "micro needling"),
        ("  two   spaces ", "two spaces"),
        ("Ǹǚ", "nu"),
    ],
)
def test_these_are_the_same(one: str, two: str) -> None:
    assert fold(one) == fold(two)


@pytest.mark.parametrize(("one", "two"), [("ST36", "ST3"), ("足三里", "三里"), ("ST36", "SP36"), ("lung", "lun")])
def test_these_are_not(one: str, two: str) -> None:
    assert fold(one) != fold(two)


def test_hanzi_and_hangul_stay_as_they_are() -> None:
    assert fold("足三里") == "足三里"
    assert fold("족삼리") == "족삼리"


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_wildcards_are_characters() -> None:
    assert like("100%_\\") == "%100\\%\\_\\\\%"


@pytest.mark.parametrize(
    "words",
    [
        "zu san li",
        "Zú Sān Lǐ",
        "ZU SAN LI",
        "足三里",
        "ST36",
        "St-36",
        "st 36",
        "li zu",
        "three miles",
        "test teacher",
        "reading",
    ],
)
def test_the_catalog_finds_the_course_by_any_of_them(words: str, app: Flask, guest: Browser, tmp_path: Path) -> None:
    with app.app_context():
        courses.published(tmp_path, "leg", title="Leg Three Miles: Zú Sān Lǐ 足三里, ST-36")
    page = guest.get("/courses", query_string={"q": words}).text
    assert "1 course found" in page


@pytest.mark.parametrize("words", ["ST37", "zu san li liver", "足四里"])
def test_the_catalog_finds_nothing_else(words: str, app: Flask, guest: Browser, tmp_path: Path) -> None:
    with app.app_context():
        courses.published(tmp_path, "leg", title="Leg Three Miles: Zú Sān Lǐ 足三里, ST-36")
    assert "Nothing matches" in guest.get("/courses", query_string={"q": words}).text
