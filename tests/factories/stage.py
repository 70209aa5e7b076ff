"""Fixtures over one populated world for each module; each test's changes are rolled back. Import them in a conftest."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection

from nok.accounts import queries as accounts
from nok.accounts import service
from nok.classroom.queries import access
from nok.core.db import begin_writing, db
from nok.web.login import TOKEN
from tests.factories import courses, world
from tests.factories.world import World
from tests.pages import Browser

ROLES = {
    "anonymous": "",
    "student": world.STUDENT,
    "stranger": world.STRANGER,
    "teacher": courses.TEACHER,
    "operator": world.OPERATOR,
}


@pytest.fixture(scope="module")
def stage(migrated_app: Flask, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, World]]:
    """The application's one connection, in a transaction that holds the world and is rolled back at the end."""
    begin_writing()
    with migrated_app.app_context():
        engines: Any = db.engines
        engine = engines[None]
        connection = engine.connect()
        transaction = connection.begin()
        engines[None] = connection
    try:
        yield connection, world.build(migrated_app, tmp_path_factory.mktemp("world"))
    finally:
        transaction.rollback()
        connection.close()
        engines[None] = engine


@pytest.fixture
def app(migrated_app: Flask, stage: tuple[Connection, World]) -> Iterator[Flask]:
    """The application over the world, as it was before the test."""
    for kept in (access._media._kept, access._pictures._kept):
        kept.clear()
    savepoint = stage[0].begin_nested()
    yield migrated_app
    savepoint.rollback()


@pytest.fixture
def site(app: Flask, stage: tuple[Connection, World]) -> World:
    """People of every role, courses in every state."""
    return stage[1]


@pytest.fixture
def enter(app: Flask, guest: Browser) -> Callable[[str], Browser]:
    """Return the browser of someone in this role: anonymous, student (enrolled), stranger, teacher or operator.

    They are signed in without the form: a password takes long to check, on purpose.
    """

    def entered(role: str) -> Browser:
        if not ROLES[role]:
            return guest
        with app.app_context():
            person = accounts.person_by_email(ROLES[role])
            assert person is not None
            token = service.start_sign_in(person, "a test")
            db.session.commit()
        browser = Browser(app.test_client())
        with browser.client.session_transaction() as kept:
            kept[TOKEN], kept.permanent = token, True
        return browser

    return entered
