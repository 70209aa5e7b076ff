"""A message leaves with the transaction it tells of, or not at all, and the broker is nudged once it is safe."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.messages import PersonRegistered
from nok.accounts.models import Tries
from nok.core import live, outbox
from nok.core.broker import courier
from nok.core.clock import now
from nok.core.db import db, insert_once
from nok.core.outbox import OutboxDelivery, OutboxMessage
from tests.factories import people


@dataclass
class Heard:
    """What left for the broker."""

    nudges: int
    signals: list[str]


@pytest.fixture
def heard(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Heard:
    found = Heard(0, [])

    def nudged() -> None:
        found.nudges += 1

    monkeypatch.setattr(courier, "nudge", nudged)
    monkeypatch.setattr(courier, "announce", lambda _channel, text: found.signals.append(text))
    return found


def tell(person_id: int = 1) -> None:
    outbox.publish(PersonRegistered(person_id))
    live.signal(person_id)


def waiting(app: Flask) -> list[dict[str, int]]:
    with app.app_context():
        return list(db.session.scalars(select(OutboxMessage.payload).order_by(OutboxMessage.id)))


def test_with_the_commit_it_is_told_once(app: Flask, heard: Heard) -> None:
    with app.app_context():
        tell()
        tell()
        assert (heard.nudges, heard.signals) == (0, []), "nothing is safe before the commit"
        db.session.commit()
        assert (heard.nudges, len(heard.signals)) == (1, 2)
        db.session.commit()
        assert heard.nudges == 1
    assert waiting(app) == [{"person_id": 1}, {"person_id": 1}]


def test_with_a_rollback_nothing_was_ever_said(app: Flask, heard: Heard) -> None:
    with app.app_context():
        tell()
        db.session.rollback()
        db.session.commit()
    assert (waiting(app), heard.nudges, heard.signals) == ([], 0, [])


def test_what_is_said_inside_a_savepoint_waits_for_the_whole(app: Flask, heard: Heard) -> None:
    with app.app_context():
        with db.session.begin_nested():
            tell()
        assert (heard.nudges, heard.signals) == (0, [])
        db.session.commit()
    assert (len(waiting(app)), heard.nudges, len(heard.signals)) == (1, 1, 1)


def test_what_is_said_inside_a_savepoint_that_is_undone_is_not_told(app: Flask, heard: Heard) -> None:
    with app.app_context():
        undone = db.session.begin_nested()
        tell()
        db.session.flush()
        undone.rollback()
        db.session.commit()
    assert waiting(app) == []


def test_a_savepoint_undone_afterwards_takes_nothing_back(app: Flask, heard: Heard) -> None:
    """Someone else was faster with another row: `add_once` rolls its savepoint back, and the rest goes on."""
    with app.app_context():
        tell()
        assert insert_once(Tries, key="k", failures=0, last_at=now())
        assert not insert_once(Tries, key="k", failures=0, last_at=now())
        db.session.commit()
    assert len(waiting(app)) == 1
    assert (heard.nudges, len(heard.signals)) == (1, 1), "the row is there, but the broker was not told"


def test_the_message_remembers_the_request_it_came_from(app: Flask, heard: Heard) -> None:
    client = app.test_client()
    answer = client.get("/healthz")
    with app.app_context():
        tell()
        db.session.commit()
        kept = db.session.scalars(select(OutboxMessage.request_id)).one()
    assert kept == answer.headers["X-Request-ID"]


def test_each_handler_gets_a_delivery_and_hears_it_once(
    app: Flask, heard: Heard, work: Callable[[], list[str]]
) -> None:
    with app.app_context():
        tell(people.person().id)
        db.session.commit()
    assert work() == ["accounts.welcome"]
    assert work() == []
    with app.app_context():
        delivery = db.session.scalars(select(OutboxDelivery)).one()
        assert delivery.done_at is not None
        assert (delivery.attempts, delivery.last_error) == (0, None)
