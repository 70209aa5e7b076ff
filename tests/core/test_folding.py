"""Search finds what people mean, however they write it."""

from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from nok.core import points
from nok.core.folding import MOST_TERMS, fold, holds, like, search_text, terms
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


def test_a_channel_is_written_many_ways() -> None:
    for names, point in {
        ("UB 60", "BL60", "bl-60", "B\u004c\u201360", "UB060"): "bl60",
        ("SJ5", "TE 5", "TB-5", "TW5", "th-5"): "te5",
        ("DU 20", "GV20"): "gv20",
        ("REN 12", "CV12"): "cv12",
        ("LIV 3", "LR3", "Lv-3"): "lr3",
        ("H7", "HE-7", "HT 7"): "ht7",
        ("P6", "P-6", "PC 6"): "pc6",
        ("K3", "KD 3", "KI-3"): "ki3",
    }.items():
        assert {fold(name) for name in names} == {point}


@pytest.mark.parametrize(
    "text", ["in 10 days", "the 10 best", "vitamin k 2", "he 5", "st 99", "lu 12", "first36", "st 360"]
)
def test_words_and_numbers_are_no_points(text: str) -> None:
    assert fold(text) == text
    assert all("<" not in alternative for term in terms(text) for alternative in term)


@pytest.mark.parametrize("asked", ["ST36", "st 36", "Zú Sān Lǐ", "zu san li", "zusanli", "Zu San-li", "足三里"])
@pytest.mark.parametrize("written", ["ST 36", "(zusanli)", "zú sān lǐ.", "针刺足三里穴", "zu\u0301 sa\u0304n li\u030c"])
def test_any_form_of_a_point_finds_any_other(asked: str, written: str) -> None:
    (term,) = terms(asked)
    assert holds(search_text(f"On {written}", "and more"), term)


@pytest.mark.parametrize(
    "written", ["ST3", "ST 37", "手三里 Shǒu Sān Lǐ LI10", "足五里", "zu san. li", "zu san / lin qi"]
)
def test_a_point_is_not_another(written: str) -> None:
    (term,) = terms("ST36")
    assert not holds(search_text(written), term)


def test_a_name_does_not_reach_from_one_part_into_the_next() -> None:
    (term,) = terms("ST36")
    assert not holds(search_text("zu san", "li and more"), term)


@pytest.mark.parametrize(
    ("traditional", "simplified"), [("關元俞", "关元俞"), ("崑崙", "昆仑"), ("陽陵泉", "阳陵泉"), ("腎兪", "肾俞")]
)
def test_traditional_hanzi_are_the_same(traditional: str, simplified: str) -> None:
    assert terms(traditional) == terms(simplified)
    assert any(alternative.startswith("<") for alternative in terms(traditional)[0])


def test_tones_tell_points_apart_where_they_are_written() -> None:
    assert terms("Zhōngdū")[0][0] == "<lr6>"
    assert terms("Zhōngdú")[0][0] == "<gb32>"
    assert set(terms("zhong du")[0]) >= {"<lr6>", "<gb32>"}


def test_english_words_are_no_points() -> None:
    assert terms("wailing") == [("wailing",)]
    assert terms("Wài Líng")[0][0] == "<st26>"


def test_a_question_is_words_and_points() -> None:
    assert terms("needling ST 36 deep, deep") == [("needling",), ("<st36>",), ("deep,",), ("deep",)]
    assert len(terms(" ".join(map(str, range(99))))) == MOST_TERMS


@given(st.text())
def test_any_question_can_be_asked(text: str) -> None:
    for term in terms(text):
        assert term
        assert all(term)


@given(st.sampled_from(points.table()), st.data())
def test_every_point_is_found_under_each_of_its_names(
    row: tuple[str, list[str], list[str]], data: st.DataObject
) -> None:
    code, sounds, signs = row
    names = st.sampled_from([code.upper(), *sounds, *(sound.replace(" ", "") for sound in sounds), *signs])
    asked, written = data.draw(names), data.draw(names)
    term = next(term for term in terms(asked) if term)
    assert len(terms(asked)) == 1
    assert holds(search_text(f"At {written} it is."), term)


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
