"""Many requests at the same moment, on databases that really commit. Import the fixtures where they are used."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from nok.core.db import db
from nok.core.outbox import OutboxMessage
from tests.factories import courses, people, rows
from tests.pages import Browser

EMAIL = "learner@test.example"
Asked = Callable[[Browser], int]


@pytest.fixture
def real(migrated_app: Flask) -> Iterator[Flask]:
    """The application over a database that really commits, emptied afterwards."""
    with migrated_app.app_context():
        people.person(EMAIL)
    yield migrated_app
    rows.remove_all(migrated_app)


@pytest.fixture
def learner(real: Flask) -> Browser:
    browser = Browser(real.test_client())
    assert browser.submit("/account/login", {"email": EMAIL, "password": people.PASSWORD}).status_code == 303
    return browser


def at_once(app: Flask, browser: Browser, count: int, ask: Asked) -> list[int]:
    """Ask `count` times in the same moment, each from a tab of its own of one browser; return the statuses."""
    cookie, barrier = browser.client.get_cookie("nok"), threading.Barrier(count)
    assert cookie is not None
    tabs = [Browser(app.test_client()) for _ in range(count)]
    for tab in tabs:
        tab.client.set_cookie("nok", cookie.value)

    def one(tab: Browser) -> int:
        barrier.wait()
        return ask(tab)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, tabs))


def posting(browser: Browser, path: str, fields: dict[str, str] | None = None) -> Asked:
    """Return what posts a form with the browser's token, taken beforehand."""
    data = (fields or {}) | {"csrf_token": browser.token()}
    return lambda tab: tab.client.post(path, data=data).status_code


def sending(browser: Browser, path: str, body: object) -> Asked:
    headers = {"X-CSRFToken": browser.token()}
    return lambda tab: tab.client.post(path, json=body, headers=headers).status_code


def count(app: Flask, model: type, *where: object) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]


def told(app: Flask, kind: str) -> int:
    return count(app, OutboxMessage, OutboxMessage.kind == kind)


@pytest.fixture
def course(real: Flask, tmp_path: Path) -> str:
    """A course of two readings and a test."""
    with real.app_context():
        return courses.published(tmp_path)


@pytest.fixture
def begun(learner: Browser, course: str) -> str:
    """The learner has read everything."""
    learner.submit(f"/courses/{course}/enroll")
    for lesson in ("reading-1", "reading-2"):
        learner.submit(f"/learn/{course}/{lesson}/complete")
    return course
