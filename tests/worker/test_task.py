"""The envelope around handlers: one effect however often it is delivered, patience with failures, and an end to it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from nok.accounts.messages import PersonRegistered
from nok.core import outbox as core_outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Conflict
from nok.core.outbox import OutboxDelivery
from nok.notifications.models import Notification
from tests.factories import people
from worker import outbox, task
from worker.routes import HANDLERS, Route

Perform = Callable[[], OutboxDelivery]


@pytest.fixture
def delivery_id(app: Flask) -> int:
    """A delivery of the welcome to a new person."""
    sent: list[int] = []
    with app.app_context():
        person = people.person()
        core_outbox.publish(PersonRegistered(person.id))
        db.session.commit()
        outbox.drain(lambda delivery, _queue: sent.append(delivery))
    assert len(sent) == 1
    return sent[0]


@pytest.fixture
def perform(app: Flask, delivery_id: int) -> Perform:
    """Deliver it once more and return the row."""

    def once() -> OutboxDelivery:
        with app.app_context():
            task.perform(delivery_id)
        with app.app_context():
            return db.session.get_one(OutboxDelivery, delivery_id)

    return once


def told(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Notification)) or 0


def swept(app: Flask) -> list[int]:
    sent: list[int] = []
    with app.app_context():
        outbox.sweep(lambda delivery, _queue: sent.append(delivery))
    return sent


def test_delivered_twice_has_one_effect(app: Flask, perform: Perform) -> None:
    first = perform()
    again = perform()
    assert first.done_at is not None
    assert again.done_at == first.done_at
    assert told(app) == 1


def test_a_handler_that_did_its_work_before_does_nothing_the_second_time(app: Flask, perform: Perform) -> None:
    perform()
    with app.app_context():  # as if the mark had been lost: the handler itself must notice
        delivery = db.session.scalars(select(OutboxDelivery)).one()
        delivery.done_at = None
        db.session.commit()
    assert perform().done_at is not None
    assert told(app) == 1


def test_a_failure_is_tried_again_with_growing_pauses_and_set_aside_with_its_reason(
    app: Flask, perform: Perform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_message: Any, _context: Any) -> None:
        raise RuntimeError("the printer is on fire")

    monkeypatch.setitem(HANDLERS, "accounts.welcome", Route(fail))
    pauses: list[float] = []
    for attempt in range(1, task.MOST_ATTEMPTS + 1):
        before: datetime = now()
        delivery = perform()
        assert delivery.attempts == attempt
        assert delivery.done_at is None
        assert delivery.last_error == "RuntimeError: the printer is on fire"
        assert (delivery.set_aside_at is not None) is (attempt == task.MOST_ATTEMPTS)
        pauses.append((delivery.due_at - before).total_seconds())
    growing = [pause for pause in pauses if pause < task.LONGEST_PAUSE * 0.7]  # then the longest, but for its jitter
    assert len(growing) >= 8
    assert all(later > earlier for earlier, later in zip(growing, growing[2:], strict=False))
    assert 1 <= pauses[0] <= 4
    assert max(pauses) <= task.LONGEST_PAUSE * 1.25 + 5
    assert perform().attempts == task.MOST_ATTEMPTS
    make_due(app)
    assert swept(app) == []
    assert told(app) == 0


def test_work_that_someone_else_is_at_is_no_failure(
    app: Flask, perform: Perform, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_message: Any, _context: Any) -> None:
        raise Conflict("somebody is at it")

    monkeypatch.setitem(HANDLERS, "accounts.welcome", Route(busy))
    for _ in range(task.MOST_ATTEMPTS + 2):
        delivery = perform()
    assert delivery.attempts == 0
    assert delivery.set_aside_at is None
    assert delivery.due_at > now()


def test_half_of_a_failed_handler_is_undone(app: Flask, perform: Perform, monkeypatch: pytest.MonkeyPatch) -> None:
    from worker import accounts

    def half(message: PersonRegistered, context: Any) -> None:
        accounts.welcome(message, context)
        db.session.flush()
        raise RuntimeError("and then the lights went out")

    monkeypatch.setitem(HANDLERS, "accounts.welcome", Route(half))
    perform()
    assert told(app) == 0
    monkeypatch.undo()
    assert perform().done_at is not None
    assert told(app) == 1


def test_what_was_lost_on_the_way_is_sent_again_when_it_is_due(app: Flask, delivery_id: int) -> None:
    assert swept(app) == []
    make_due(app)
    assert swept(app) == [delivery_id]
    assert swept(app) == []  # given time to arrive


def make_due(app: Flask) -> None:
    with app.app_context():
        for delivery in db.session.scalars(select(OutboxDelivery)):
            delivery.due_at = now()
        db.session.commit()
