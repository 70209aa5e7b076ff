"""Search over everything: courses, articles, and the lessons that are mine, each with the place of the match."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person
from nok.core.clock import now
from nok.core.db import db
from nok.enrollments import queries as enrollments
from nok.enrollments import service as enrolling
from nok.enrollments.models import EndReason, Enrollment
from tests.catalog.conftest import Shelve
from tests.factories import articles, people
from tests.pages import Browser

LEARNER = "learner@test.example"
SignIn = Callable[[str], Browser]


def hits(page: str, group: str) -> list[tuple[str, str]]:
    """Return the titles and the lines with the place of one group, in order."""
    section = re.search(rf'aria-labelledby="{group}">(.*?)</section>', page, re.DOTALL)
    found = re.findall(
        r'<h3><a[^>]*>([^<]+)</a></h3>.*?<p class="meta">([^<]+)</p>', section[1] if section else "", re.DOTALL
    )
    return [(title, place.partition(" · ")[0]) for title, place in found]


def test_courses_come_with_the_place_of_the_match(shelve: Shelve, guest: Browser) -> None:
    shelve("e", "E course", summary="On moxibustion.")
    shelve("d", "D course", lesson="Moxibustion, first")
    shelve("c", "C course", topics="moxibustion")
    shelve("b", "B on Moxibustion")
    assert hits(guest.get("/search?q=moxibustion").text, "courses") == [
        ("B on Moxibustion", "In the title"),
        ("C course", "In the topics"),
        ("D course", "Lesson: Moxibustion, first"),
        ("E course", "In the summary"),
    ]


def test_articles_are_found_by_title_author_topic_and_text(
    app: Flask, shelve: Shelve, guest: Browser, tmp_path: object
) -> None:
    shelve("any", "Any")
    with app.app_context():
        articles.published(tmp_path, words="Needle 合谷 and wait.")  # type: ignore[arg-type]
    places = {"heals": "In the title", "skin": "In the topics", "LI 4": "In the text", "known": "In the summary"}
    for words, place in places.items():
        assert hits(guest.get("/search", query_string={"q": words}).text, "articles") == [("How it heals", place)], (
            words
        )


@pytest.fixture
def mine(app: Flask, shelve: Shelve) -> Enrollment:
    """The learner is in one of two courses whose lessons speak of the same."""
    shelve("mine", "Mine", lesson="Needling 足三里")
    shelve("others", "Others", lesson="Needling 足三里")
    with app.app_context():
        learner = people.person(LEARNER)
        people.person("else@test.example", name="Someone Else")
        enrollment = enrolling.enroll(learner, "mine")
        db.session.commit()
        return enrollment


def test_i_find_the_lessons_of_my_courses_and_of_no_others(mine: Enrollment, sign_in: SignIn) -> None:
    page = sign_in(LEARNER).get("/search?q=st+36").text
    assert hits(page, "lessons") == [("Needling 足三里", "In the title")]
    assert 'href="/learn/mine/reading-1"' in page
    assert "/learn/others/" not in page


def test_the_text_of_a_lesson_is_searched_too(mine: Enrollment, sign_in: SignIn) -> None:
    page = sign_in(LEARNER).get("/search?q=words+of+reading").text
    assert hits(page, "lessons") == [("Needling 足三里", "In the text")]


def test_nobody_else_finds_them(mine: Enrollment, guest: Browser, sign_in: SignIn) -> None:
    assert hits(guest.get("/search?q=st+36").text, "lessons") == []
    assert hits(sign_in("else@test.example").get("/search?q=st+36").text, "lessons") == []


@pytest.mark.parametrize("end", ["left", "closed"])
def test_what_is_closed_to_me_is_not_found(end: str, app: Flask, mine: Enrollment, sign_in: SignIn) -> None:
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == LEARNER)).one()
        enrollment = enrollments.find(person.id, mine.course_id)
        assert enrollment is not None
        if end == "left":
            enrollment.ended_at, enrollment.end_reason = now(), EndReason.LEFT
        else:
            enrollment.access_until = now() - timedelta(seconds=1)
        db.session.commit()
    assert hits(sign_in(LEARNER).get("/search?q=st+36").text, "lessons") == []


def test_no_question_is_no_answer_and_no_failure(shelve: Shelve, guest: Browser) -> None:
    shelve("any", "Any")
    for query in ("", "?q=", "?q=%20", "?q=-"):
        page = guest.get(f"/search{query}").text
        assert "results for" not in page
        assert "Nothing matches" not in page


def test_an_odd_question_is_refused_in_words_and_kept(guest: Browser) -> None:
    page = guest.get("/search", 422, query_string={"q": "needle\x00"}).text
    assert 'id="q-error"' in page


def test_where_nothing_matches_there_is_a_way_out(shelve: Shelve, guest: Browser) -> None:
    shelve("a", "Needling the Scalp")
    page = guest.get("/search?q=neadling").text
    assert "Nothing matches" in page
    assert 'href="/courses?q=neadling"' in page
