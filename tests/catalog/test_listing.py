"""The catalog: found by any name, ranked, filtered with counts, sorted, by pages, and never a dead end."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from nok.accounts.models import Person
from nok.core.clock import now
from nok.core.db import db
from nok.courses.models import CourseRevision
from tests.catalog.conftest import OTHER_TEACHER, Shelve, approval
from tests.pages import Browser

FACETS = ("board", "category", "length", "format", "teacher", "price", "sort", "page")


def titles(guest: Browser, path: str = "/courses", **query: Any) -> list[str]:
    """Return the titles of the cards in order."""
    page = guest.get(path, query_string=query or None).text.partition("Close to what you typed")[0]
    return re.findall(r'class="card-title">\s*<a[^>]*>([^<]+)</a>', page)


def counts(guest: Browser, **query: Any) -> dict[str, int]:
    """Return the options of the filters and their counts, by their words."""
    page = guest.get("/courses", query_string=query).text
    found = re.findall(r"<span>([^<]+)</span>\s*<span class=\"filter-count\">(\d+)", page)
    return {words: int(count) for words, count in found}


def test_a_match_in_the_title_stands_before_one_in_a_topic_and_so_on(shelve: Shelve, guest: Browser) -> None:
    shelve("e", "E course", summary="About moxibustion.")
    shelve("d", "D course", lesson="Moxibustion, first")
    shelve("c", "C course", topics="moxibustion")
    shelve("b", "B on Moxibustion")
    shelve("a", "A on Moxibustion")
    shelve("none", "Something else")
    wanted = ["A on Moxibustion", "B on Moxibustion", "C course", "D course", "E course"]
    assert titles(guest, q="moxibustion") == wanted


def test_the_teachers_name_and_a_lessons_title_weigh_the_same_and_the_title_decides(
    shelve: Shelve, guest: Browser
) -> None:
    shelve("z", "A last", lesson="What Bahk says")
    shelve("y", "B middle", teacher=OTHER_TEACHER)
    shelve("x", "C first", topics="Bahk")
    assert titles(guest, q="bahk") == ["C first", "A last", "B middle"]


def test_accents_and_case_do_not_change_the_order(shelve: Shelve, guest: Browser) -> None:
    for slug, title in (("one", "Ābc"), ("two", "aba"), ("three", "ABD"), ("four", "Éa"), ("five", "eb")):
        shelve(slug, title)
    assert titles(guest) == ["aba", "Ābc", "ABD", "Éa", "eb"]


@pytest.mark.parametrize("written", ["Zú Sān Lǐ", "zu san li", "足三里", "ST36", "St-36"])
def test_a_point_written_any_way_is_found_any_way(written: str, shelve: Shelve, guest: Browser) -> None:
    shelve("leg", "Below the Knee", summary=f"All about {written}.")
    shelve("other", "Elsewhere", summary="ST3, ST37, SP36 and LI10 Shǒu Sān Lǐ 手三里.")
    for asked in ("zu san li", "Zú Sān Lǐ", "zusanli", "足三里", "ST36", "St-36", "st 36", "\uff33\uff34\uff13\uff16"):
        assert titles(guest, q=asked) == ["Below the Knee"], asked


def test_every_word_must_be_held(shelve: Shelve, guest: Browser) -> None:
    shelve("a", "Needles and ST36")
    shelve("b", "Needles only")
    assert titles(guest, q="needles") == ["Needles and ST36", "Needles only"]
    assert titles(guest, q="needles ST 36") == ["Needles and ST36"]


@pytest.fixture
def shelf(shelve: Shelve) -> None:
    """Six courses for the filters."""
    shelve("film", "Film", video=True, minutes=30, head='category = "Safety"\n', end=approval("US-AA"))
    shelve("short", "Short", minutes=59, head='category = "Safety"\nprice = "49.00"\n', end=approval("US-BB"))
    shelve("hour", "Hour", minutes=60, head='category = "Ethics"\n', end=approval("US-AA"))
    shelve("three", "Three", minutes=180, teacher=OTHER_TEACHER)
    shelve("longer", "Longer", minutes=181, teacher=OTHER_TEACHER, head='price = "5.00"\n')
    yesterday, tomorrow = now().date() - timedelta(days=1), now().date() + timedelta(days=1)
    shelve("over", "Over", end=approval("US-CC", last=str(yesterday)) + approval("US-DD", first=str(tomorrow)))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"length": "short"}, ["Film", "Over", "Short"]),
        ({"length": "medium"}, ["Hour", "Three"]),
        ({"length": "long"}, ["Longer"]),
        ({"format": "video"}, ["Film"]),
        ({"format": "reading"}, ["Hour", "Longer", "Over", "Short", "Three"]),
        ({"price": "paid"}, ["Longer", "Short"]),
        ({"price": "free", "length": "medium"}, ["Hour", "Three"]),
        ({"category": "Safety"}, ["Film", "Short"]),
        ({"board": "US-AA"}, ["Film", "Hour"]),
        ({"teacher": "bahk"}, ["Longer", "Three"]),
        ({"teacher": "bahk", "price": "paid"}, ["Longer"]),
        ({"q": "hour", "price": "free"}, ["Hour"]),
        ({"sort": "shortest", "price": "free"}, ["Over", "Film", "Hour", "Three"]),
    ],
)
def test_filters_narrow(query: dict[str, str], found: list[str], shelf: None, guest: Browser) -> None:
    assert titles(guest, **query) == found


def test_each_option_says_how_many_would_remain(shelf: None, guest: Browser) -> None:
    alone = counts(guest)
    assert (alone["Safety"], alone["Ethics"], alone["Paid"], alone["Free"]) == (2, 1, 2, 4)
    assert alone["Under 1 hour"] == 3
    with_price = counts(guest, price="paid")
    assert with_price["Safety"] == 1
    assert "Ethics" not in with_price
    assert (with_price["Paid"], with_price["Free"]) == (2, 4), "of its own filter one may choose another value"


def test_what_an_option_promises_it_keeps(shelf: None, guest: Browser) -> None:
    page = guest.get("/courses", query_string={"length": "short"}).text
    links = re.findall(r'<a href="(/courses\?[^"]+)">\s*<span>[^<]+</span>\s*<span class="filter-count">(\d+)', page)
    assert len(links) > 5
    for link, count in links:
        assert len(titles(guest, link.replace("&amp;", "&"))) == int(count), link


def test_only_an_approval_of_today_makes_a_board(shelf: None, guest: Browser) -> None:
    boards = [words for words in counts(guest) if words.startswith("Board ")]
    assert boards == ["Board US-AA", "Board US-BB"]


def test_a_value_that_nothing_has_chooses_nothing(shelf: None, guest: Browser) -> None:
    for name in FACETS:
        for value in ("no-such", "'", "%", "", "0" * 5000, "\x00", "<script>", "[]"):
            assert "6 courses" in guest.get("/courses", query_string={name: value}).text, (name, value)


def test_a_filter_in_force_is_a_chip_that_takes_it_off(shelf: None, guest: Browser) -> None:
    page = guest.get("/courses", query_string={"q": "course", "price": "paid", "length": "short"}).text
    removable = re.findall(r'class="chip jade removable" href="([^"]+)"', page)
    assert [link.replace("&amp;", "&") for link in removable] == [
        "/courses?q=course&price=paid",
        "/courses?q=course&length=short",
    ]


def test_a_new_question_keeps_the_filters(shelf: None, guest: Browser) -> None:
    page = guest.get("/courses", query_string={"price": "paid", "sort": "shortest"}).text
    assert '<input type="hidden" name="price" value="paid">' in page
    assert '<input type="hidden" name="sort" value="shortest">' in page


def test_the_newest_first(app: Flask, shelf: None, guest: Browser) -> None:
    with app.app_context():
        db.session.execute(
            update(CourseRevision).where(CourseRevision.title == "Hour").values(published_at=now() + timedelta(days=1))
        )
        db.session.commit()
    assert titles(guest, sort="newest")[0] == "Hour"


def test_pages_keep_question_and_filters(shelve: Shelve, guest: Browser) -> None:
    for number in range(26):
        shelve(f"course-{number}", f"Needle {number:02}")
    first = guest.get("/courses", query_string={"q": "needle", "format": "reading"}).text
    assert 'href="/courses?page=2&amp;q=needle&amp;format=reading"' in first
    assert titles(guest, q="needle", format="reading", page=2) == ["Needle 24", "Needle 25"]


def test_where_filters_leave_nothing_the_page_says_which_to_drop(shelf: None, guest: Browser) -> None:
    page = guest.get("/courses", query_string={"category": "Ethics", "price": "paid"}).text
    assert "Nothing matches" in page
    ways = re.findall(r'<a href="([^"]+)">Without the (\w+)</a>\s*<span class="meta">(\d) course', page)
    assert ways == [("/courses?price=paid", "category", "2"), ("/courses?category=Ethics", "price", "1")]


@pytest.mark.parametrize("typed", ["neadling", "needling zzzzzz", "needeling"])
def test_where_words_match_nothing_the_page_shows_what_comes_near(typed: str, shelve: Shelve, guest: Browser) -> None:
    shelve("a", "Needling the Scalp")
    shelve("b", "Herbs")
    page = guest.get("/courses", query_string={"q": typed}).text
    near = page.partition("Close to what you typed")[2]
    assert "Needling the Scalp" in near
    assert "Herbs" not in near
    assert 'href="/courses"' in page


def test_what_a_suspended_teacher_published_is_closed_to_newcomers(app: Flask, shelve: Shelve, guest: Browser) -> None:
    shelve("mine", "Mine", teacher=OTHER_TEACHER)
    shelve("kept", "Kept")
    with app.app_context():
        db.session.scalars(select(Person).where(Person.email == OTHER_TEACHER)).one().suspended_at = now()
        db.session.commit()
    assert titles(guest) == ["Kept"]
    guest.get("/courses/mine", expect=404)
    guest.get("/teachers/bahk", expect=404)
    guest.get("/teachers/teacher")
