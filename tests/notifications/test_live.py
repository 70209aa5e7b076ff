"""The live stream: what was missed, then what happens, and a clear end."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from nok.core.db import db
from nok.notifications import queries, service
from nok.web import streams
from nok.web.metrics import open_streams
from tests.factories import people
from tests.pages import Browser

EMAIL = "learner@test.example"


@pytest.fixture
def person_id(app: Flask) -> int:
    with app.app_context():
        return people.person(EMAIL).id


@pytest.fixture
def listen(
    app: Flask, person_id: int, sign_in: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Iterator[str]]]:
    """Open streams of one person, and yield their chunks as text."""
    monkeypatch.setattr(streams, "PING_SECONDS", 0.01)
    browser, opened = sign_in(EMAIL), list[TestResponse]()

    def listened(last: int | None = None) -> Iterator[str]:
        headers = {} if last is None else {"Last-Event-ID": str(last)}
        answer = browser.client.get("/events", headers=headers)
        assert (answer.status_code, answer.mimetype) == (200, "text/event-stream")
        opened.append(answer)
        return (chunk.decode() if isinstance(chunk, bytes) else str(chunk) for chunk in answer.response)

    yield listened
    for answer in opened:
        answer.close()


def tell(app: Flask, person_id: int, *events: str) -> None:
    with app.app_context():
        for event in events:
            service.tell(person_id, "enrolled", event, f"Word of {event}: 足三里\nsecond line", "/courses")
        db.session.commit()


def read(chunk: str) -> dict[str, str]:
    """Return the fields of one event; each must be one line."""
    lines = chunk.rstrip("\n").split("\n")
    assert all(": " in line for line in lines), chunk
    return dict(line.split(": ", 1) for line in lines)


def test_a_new_page_hears_what_happens_from_now_on(
    app: Flask, person_id: int, listen: Callable[..., Iterator[str]]
) -> None:
    tell(app, person_id, "before")
    chunks = listen()
    assert read(next(chunks)) == {"retry": "5000", "id": "1"}, "cut now, the page would come back with this id"
    assert next(chunks) == ": ping\n\n"
    tell(app, person_id, "now")
    event = read(next(chunks))
    assert (event["id"], event["event"]) == ("2", "notification")
    told = json.loads(event["data"])
    assert (told["seq"], told["unread"], told["message"]) == (2, 2, "Word of now: 足三里\nsecond line")
    assert next(chunks) == ": ping\n\n", "told once"


def test_after_a_break_what_was_missed_is_told_in_order(
    app: Flask, person_id: int, listen: Callable[..., Iterator[str]]
) -> None:
    tell(app, person_id, "a", "b", "c", "d")
    chunks = listen(last=2)
    next(chunks)
    assert [read(next(chunks))["id"] for _ in range(2)] == ["3", "4"]


def test_after_a_long_absence_the_page_is_told_to_look_itself(
    app: Flask, person_id: int, listen: Callable[..., Iterator[str]]
) -> None:
    tell(app, person_id, *(f"{number}" for number in range(queries.REPLAY_MOST + 1)))
    chunks = listen(last=0)
    next(chunks)
    event = read(next(chunks))
    assert (event["event"], event["id"]) == ("reset", "101")
    assert json.loads(event["data"]) == {"unread": 101, "seq": 101}
    assert next(chunks) == ": ping\n\n"


def test_with_all_places_taken_a_page_is_asked_to_come_back(
    app: Flask, person_id: int, sign_in: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "nok", replace(app.extensions["nok"], max_streams=1))
    browser = sign_in(EMAIL)
    first = browser.client.get("/events")
    next(iter(first.response))
    refused = browser.client.get("/events")
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    first.close()
    again = browser.client.get("/events")
    assert again.status_code == 200
    again.close()


def test_a_page_that_goes_away_gives_its_place_back(
    app: Flask, person_id: int, sign_in: Callable[[str], Browser], listen: Callable[..., Iterator[str]]
) -> None:
    before = open_streams._value.get()
    answer = sign_in(EMAIL).client.get("/events")
    next(iter(answer.response))
    assert open_streams._value.get() == before + 1
    answer.close()
    assert open_streams._value.get() == before
