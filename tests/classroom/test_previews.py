"""Preview lessons: open to anyone with all that they show, and nothing beside them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person
from nok.classroom.queries import access
from nok.core.clock import now
from nok.core.db import db
from tests.classroom.conftest import BYTES, OTHER, PREVIEWED, publish
from tests.factories import courses, rows
from tests.pages import Browser

ASIDE = ["/reading-2", "/final-test", "", "/watching/transcript"]


@pytest.mark.parametrize("path", BYTES)
def test_a_guest_gets_every_byte_of_it(path: str, shown: str, guest: Browser) -> None:
    assert guest.client.get(path.format(course=shown)).status_code == 200


@pytest.mark.parametrize("path", BYTES)
def test_so_does_someone_who_is_not_enrolled(path: str, shown: str, sign_in: Callable[[str], Browser]) -> None:
    assert sign_in(OTHER).client.get(path.format(course=shown)).status_code == 200


@pytest.mark.parametrize("lesson", PREVIEWED)
def test_the_page_invites_and_counts_nothing(lesson: str, app: Flask, shown: str, guest: Browser) -> None:
    before = rows.all_rows(app)
    page = guest.get(f"/learn/{shown}/{lesson}").text
    assert "This is a free preview" in page
    assert f'href="/courses/{shown}"' in page
    assert "/account/login?next=" in page
    for counted in ("/api/v1/", "Mark as complete", "data-seat-time", "Read instead of watching"):
        assert counted not in page
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("lesson", PREVIEWED)
def test_whoever_may_see_it_may_keep_a_note_about_it(
    lesson: str, shown: str, sign_in: Callable[[str], Browser]
) -> None:
    reader, address = sign_in(OTHER), f"/learn/{shown}/{lesson}"
    assert reader.submit("/notes", {"source": address, "note": "Seen in the preview.", "color": "amber"}).location
    assert "Seen in the preview." in reader.get(address).text


@pytest.mark.parametrize("aside", ASIDE)
def test_beside_it_everything_stays_closed(
    aside: str, shown: str, guest: Browser, sign_in: Callable[[str], Browser]
) -> None:
    assert guest.client.get(f"/learn/{shown}{aside}").location.startswith("/account/login")
    sign_in(OTHER).get(f"/learn/{shown}{aside}", expect=404)


def test_a_picture_of_a_closed_lesson_stays_closed(
    shown: str, guest: Browser, sign_in: Callable[[str], Browser]
) -> None:
    hidden = f"/learn/{shown}/pictures/hidden.svg"
    assert guest.client.get(hidden).location.startswith("/account/login")
    sign_in(OTHER).get(hidden, expect=404)


def test_the_enrolled_have_the_whole_lesson_instead(shown: str, learner: Callable[[str], Browser]) -> None:
    page = learner(shown).get(f"/learn/{shown}/watching").text
    assert "This is a free preview" not in page
    assert "data-seat-time" in page


def test_beats_for_it_need_an_enrollment(
    shown: str, guest: Browser, learner: Callable[[str], Browser], sign_in: Callable[[str], Browser]
) -> None:
    beats = learner(shown).get(f"/learn/{shown}/watching").text.split('data-beats-url="')[1].split('"')[0]
    beat = {"session": "00000000-0000-4000-8000-00000000000a", "seq": 0, "played": [], "position_ms": 0}
    assert guest.send_json(beats, beat).status_code == 401
    assert sign_in(OTHER).send_json(beats, beat).status_code == 404


def test_when_the_next_edition_shows_it_no_more_it_closes(
    app: Flask, shown: str, guest: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = [f"/learn/{shown}/watching", *[path.format(course=shown) for path in BYTES]]
    assert {guest.client.get(path).status_code for path in addresses} == {200}
    publish(app, tmp_path / "next", shown, there=True, title="Needle Safety, revised")
    assert access.REMEMBER_SECONDS <= 5
    monkeypatch.setattr("nok.core.cache.time.monotonic", lambda: float("inf"))  # those seconds are over
    assert {guest.client.get(path).status_code for path in addresses} == {303}


def test_when_its_teacher_is_suspended_it_closes_and_the_enrolled_stay(
    app: Flask, shown: str, guest: Browser, learner: Callable[[str], Browser], sign_in: Callable[[str], Browser]
) -> None:
    enrolled, other = learner(shown), sign_in(OTHER)
    with app.app_context():
        db.session.scalars(select(Person).where(Person.email == courses.TEACHER)).one().suspended_at = now()
        db.session.commit()
    addresses = [f"/learn/{shown}/watching", *[path.format(course=shown) for path in BYTES]]
    for browser, status in ((guest, 303), (other, 404), (enrolled, 200)):
        assert {browser.client.get(path).status_code for path in addresses} == {status}


@pytest.mark.parametrize("lesson", ["watching", "reading-1"])
def test_of_a_course_that_is_not_published_nothing_is_shown(lesson: str, guest: Browser) -> None:
    assert guest.client.get(f"/learn/no-such-course/{lesson}").location.startswith("/account/login")


def test_a_transcript_and_the_text_below_a_film_are_two_texts(shown: str, sign_in: Callable[[str], Browser]) -> None:
    reader, lesson = sign_in(OTHER), f"/learn/{shown}/watching"
    selector = {"type": "TextQuoteSelector", "exact": "Look"}
    for language, expected in (("en", 201), ("zz", 404)):
        target = {"source": f"{lesson}?revision=1&captions={language}", "selector": selector, "styleClass": "jade"}
        answer = reader.send_json("/api/v1/annotations/", {"target": target})
        assert answer.status_code == expected, "there are captions in English alone"
    reader.submit("/notes", {"source": lesson, "note": "Of the text.", "quote": "A film", "color": "rose"})
    page = reader.get(lesson).text
    assert page.count('class="my-note ') == 2
    assert page.count("data-start=") == 1, "only what was marked on the transcript is drawn on it"
    assert reader.get(f"/notes?source={lesson}").text.count('class="my-note ') == 2
