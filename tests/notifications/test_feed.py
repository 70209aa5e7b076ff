"""The feed: each event once, in order, to its person alone."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from nok.core.db import db
from nok.core.errors import Conflict
from nok.notifications import queries, service
from nok.notifications.models import Feed, Notification
from tests.factories import people, rows
from tests.pages import Browser, content

EMAIL = "learner@test.example"


@pytest.fixture
def person_id(app: Flask) -> int:
    with app.app_context():
        return people.person(EMAIL).id


def tell(app: Flask, person_id: int, *events: str) -> list[bool]:
    with app.app_context():
        told = [service.tell(person_id, "enrolled", event, f"Word of {event}.", "/courses") for event in events]
        db.session.commit()
        return told


def sequences(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Notification.seq).order_by(Notification.seq)))


def test_an_event_is_told_once(app: Flask, person_id: int) -> None:
    assert tell(app, person_id, "a", "a", "b") == [True, False, True]
    assert tell(app, person_id, "a") == [False]
    assert sequences(app) == [1, 2]


def test_each_person_is_told_and_counted_apart(app: Flask, person_id: int) -> None:
    with app.app_context():
        other = people.person("other@test.example").id
    tell(app, person_id, "a", "b")
    assert tell(app, other, "a") == [True]
    with app.app_context():
        assert dict(db.session.execute(select(Feed.person_id, Feed.last_seq)).all()) == {person_id: 2, other: 1}


def test_what_is_rolled_back_leaves_no_gap(app: Flask, person_id: int) -> None:
    tell(app, person_id, "a")
    with app.app_context():
        service.tell(person_id, "enrolled", "lost", "Lost.", "")
        db.session.rollback()
    tell(app, person_id, "b")
    assert sequences(app) == [1, 2]


@pytest.fixture
def real(migrated_app: Flask) -> Iterator[Flask]:
    yield migrated_app
    rows.remove_all(migrated_app)


def test_twenty_workers_at_once_leave_no_gap_and_tell_nothing_twice(real: Flask) -> None:
    with real.app_context():
        person_id = people.person(EMAIL).id
    barrier = threading.Barrier(20)

    def one(number: int) -> None:
        barrier.wait()
        try:
            tell(real, person_id, f"event-{number % 10}")
        except Conflict:  # the worker tries such a delivery again
            tell(real, person_id, f"event-{number % 10}")

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(one, range(20)))
    assert sequences(real) == list(range(1, 11))


@pytest.fixture
def reader(app: Flask, person_id: int, sign_in: Callable[[str], Browser]) -> Browser:
    """Someone who was told 70 things."""
    tell(app, person_id, *(f"{number:03}" for number in range(70)))
    return sign_in(EMAIL)


def test_the_feed_goes_back_page_by_page_and_shows_each_once(reader: Browser) -> None:
    seen, path = list[str](), "/notifications"
    sizes = []
    for _ in range(4):
        page = reader.get(path).text
        found = [f"{number:03}" for number in range(70) if f"Word of {number:03}." in page]
        sizes.append(len(found))
        seen += reversed(found)
        if "before=" not in page:
            break
        path = "/notifications?before=" + page.partition("before=")[2].partition('"')[0]
    assert sizes == [30, 30, 10]
    assert seen == [f"{number:03}" for number in reversed(range(70))]


def test_the_bell_counts_what_is_unread_until_it_is_marked(reader: Browser) -> None:
    page = reader.get("/courses").text
    assert "Notifications, 70 unread" in page
    assert reader.submit("/notifications/read").status_code == 303
    after = reader.get("/courses").text
    assert 'aria-label="Notifications"' in after
    assert "70 unread" not in after


def test_the_numbers_for_pages_without_a_stream(app: Flask, person_id: int, reader: Browser) -> None:
    answer = reader.get("/notifications/unread.json")
    assert (content(answer)["unread"], content(answer)["latest_seq"]) == (70, 70)
    assert [item["seq"] for item in content(answer)["items"]] == list(range(70, 60, -1))
    assert set(content(answer)["items"][0]) == {"seq", "kind", "message", "url", "created"}
    etag = answer.headers["ETag"]
    same = reader.get("/notifications/unread.json", expect=304, headers={"If-None-Match": etag})
    assert same.data == b""
    tell(app, person_id, "news")
    fresh = reader.get("/notifications/unread.json", headers={"If-None-Match": etag})
    assert content(fresh)["unread"] == 71
    assert fresh.headers["ETag"] != etag
    reader.submit("/notifications/read")
    assert content(reader.get("/notifications/unread.json"))["items"] == []


def test_someone_who_was_told_nothing_sees_a_kind_word(
    app: Flask, person_id: int, sign_in: Callable[[str], Browser]
) -> None:
    browser = sign_in(EMAIL)
    assert "You are up to date" in browser.get("/notifications").text
    assert content(browser.get("/notifications/unread.json")) == {"unread": 0, "latest_seq": 0, "items": []}


def test_what_is_newer_is_found_in_order_and_within_measure(app: Flask, person_id: int, reader: Browser) -> None:
    with app.app_context():
        assert [item.seq for item in queries.newer(person_id, 67)] == [68, 69, 70]
        assert queries.newer(person_id, 70) == []
        assert queries.last_seq(person_id) == 70
    tell(app, person_id, *(f"more-{number}" for number in range(100)))
    with app.app_context():
        assert len(queries.newer(person_id, 0)) == queries.REPLAY_MOST + 1
