"""The pages of a course and a teacher, and finished pages kept for guests."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from nok.web.pages import GuestPages
from tests.catalog.conftest import OTHER_TEACHER, Shelve, approval
from tests.factories import articles, people
from tests.pages import Browser
from tests.web.statements import counted


def test_a_course_says_price_category_access_and_the_way_to_the_certificate(shelve: Shelve, guest: Browser) -> None:
    head = 'category = "Safety"\nprice = "49.00"\naccess_days = 365\n'
    shelve("paid", "Paid", head=head, end=approval("US-AA"))
    page = guest.get("/courses/paid").text
    for words in ("$49.00", "Payment opens later", "365 days", "Safety", "online, on demand", "Board US-AA", "T-1"):
        assert words in page, words
    way = re.search(r'<ol class="course-way">(.*?)</ol>', page, re.DOTALL)
    assert way
    assert re.findall(r'class="strong">([^<]+)<', way[1]) == ["Watch and read", "Your certificate"]


def test_a_course_links_its_teacher_and_the_teacher_their_work(
    app: Flask, shelve: Shelve, guest: Browser, tmp_path: Path
) -> None:
    shelve("one", "One")
    with app.app_context():
        articles.published(tmp_path)
    for path in ("/courses/one", "/courses", "/articles/how-it-heals", "/articles", "/"):
        assert 'href="/teachers/teacher"' in guest.get(path).text, path
    page = guest.get("/teachers/teacher").text
    for words in ("Dr. Test Teacher", "L.Ac.", "Teaches with care.", 'href="/courses/one"', "/articles/how-it-heals"):
        assert words in page, words


def test_an_article_names_what_its_author_chose_and_fills_up_with_the_same_topics(
    app: Flask, shelve: Shelve, guest: Browser, tmp_path: Path
) -> None:
    shelve("needle-safety", "Chosen")
    shelve("about-skin", "About Skin", topics="skin", teacher=OTHER_TEACHER)
    shelve("about-law", "About Law", topics="law", teacher=OTHER_TEACHER)
    with app.app_context():
        for slug, topic in (("of-law", "law"), ("of-skin", "skin"), ("of-skin-too", "skin")):
            articles.published(tmp_path, slug, topic=topic)
        articles.published(tmp_path, more='related_articles = ["of-law", "not-there"]\n')
    page = guest.get("/articles/how-it-heals").text
    related = page[page.index('id="related"') : page.index("</aside>", page.index('id="related"'))]
    shown = list(dict.fromkeys(re.findall(r'href="/(?:courses|articles)/([a-z-]+)"', related)))
    assert shown[:3] == ["needle-safety", "about-skin", "of-law"]
    assert shown[3].startswith("of-skin")
    assert "/courses/about-law" not in related


@pytest.mark.parametrize("slug", ["nobody", "learner", "a" * 5000])
def test_a_teacher_who_is_none_is_not_found(slug: str, app: Flask, guest: Browser) -> None:
    with app.app_context():
        people.person("learner@test.example")
    guest.get(f"/teachers/{slug}", expect=404)


def test_a_free_preview_is_offered_before_enrolling(shelve: Shelve, app: Flask, guest: Browser) -> None:
    shelve("plain", "Plain")
    assert "Free preview" not in guest.get("/courses/plain").text
    shelve("open", "Open", previews=("reading-1",))
    page = guest.get("/courses/open").text
    assert page.count('href="/learn/open/reading-1"') == 2, "in the syllabus, and as an invitation"
    assert "Read a lesson first" in page


@pytest.fixture
def keeping(app: Flask) -> Iterator[list[float]]:
    """Keep pages for two seconds of a clock that the test moves."""
    clock = [1000.0]
    app.config["GUEST_PAGE_SECONDS"] = 2
    app.extensions["guest_pages"] = GuestPages(lambda: clock[0])
    yield clock
    app.config["GUEST_PAGE_SECONDS"] = 0


def test_a_guest_gets_the_page_that_another_guest_had(keeping: list[float], shelve: Shelve, guest: Browser) -> None:
    shelve("one", "One")
    first = guest.get("/courses")
    with counted() as sent:
        second = guest.get("/courses")
    assert (second.text, sent) == (first.text, [])
    assert second.headers["Content-Security-Policy"] != first.headers["Content-Security-Policy"], "a nonce is used once"
    assert "no-cache" in second.headers["Cache-Control"]


def test_what_changed_shows_after_two_seconds(keeping: list[float], shelve: Shelve, guest: Browser) -> None:
    shelve("one", "One")
    guest.get("/courses")
    shelve("two", "Two")
    assert "1 course" in guest.get("/courses").text
    keeping[0] += 2
    assert "2 courses" in guest.get("/courses").text


def test_pages_of_other_addresses_are_other_pages(keeping: list[float], shelve: Shelve, guest: Browser) -> None:
    shelve("one", "One")
    shelve("two", "Two", head='price = "5.00"\n')
    assert "2 courses" in guest.get("/courses").text
    assert "1 course" in guest.get("/courses?price=paid").text
    assert "Internet Explorer" in guest.get("/courses", headers={"User-Agent": "Trident/7.0"}).text
    assert "Internet Explorer" not in guest.get("/courses").text
    guest.client.set_cookie("theme", "dark")
    assert 'data-theme="dark"' in guest.get("/courses").text
    guest.client.delete_cookie("theme")
    assert "data-theme=" not in guest.get("/courses").text


def test_whoever_is_signed_in_never_gets_a_kept_page(
    keeping: list[float], app: Flask, shelve: Shelve, guest: Browser, sign_in: Callable[[str], Browser]
) -> None:
    shelve("one", "One")
    with app.app_context():
        people.person("learner@test.example", name="Learner Lee")
    learner = sign_in("learner@test.example")
    guest.get("/courses")
    shelve("two", "Two")
    page = learner.get("/courses").text
    assert "Learner Lee" in page
    assert "2 courses" in page
    assert "Learner Lee" not in guest.get("/courses").text


def test_a_failure_is_not_kept(keeping: list[float], shelve: Shelve, guest: Browser) -> None:
    guest.get("/courses/one", expect=404)
    shelve("one", "One")
    guest.get("/courses/one")


def test_while_one_makes_a_page_anew_the_others_get_the_old_one(keeping: list[float]) -> None:
    kept = GuestPages(lambda: keeping[0])
    kept.keep("page", b"old", 2)
    keeping[0] += 2
    assert kept.find("page", 2) is None, "this one makes it"
    assert kept.find("page", 2) == b"old"
    kept.keep("page", b"new", 2)
    assert kept.find("page", 2) == b"new"
    keeping[0] += 60
    assert kept.find("page", 2) is None
    assert kept.find("page", 2) is None, "a page that nobody came for is too old for anybody"
