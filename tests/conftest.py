"""What every test stands on: a real database of either kind, rolled back after each test, and the real application."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis
from xdist.scheduler import LoadScopeScheduling

# Before anything of ours is imported: the worker's module reads the environment once.
_DATA = tempfile.mkdtemp(prefix="nok-test-")
for name in [name for name in os.environ if name.startswith("NOK_") and name != "NOK_CHROMIUM"]:
    del os.environ[name]
os.environ["NOK_DATA_DIR"] = _DATA
os.environ["PORT"] = "8000"

from nok.app import create_app
from nok.cli.application import with_migrations
from nok.core.db import begin_writing, db
from nok.settings import Settings
from tests import servers
from tests.factories import people
from tests.pages import Browser

# How long one example takes says more of the machine than of the code.
hypothesis.register_profile("nok", deadline=None)
hypothesis.load_profile("nok")


class Together(LoadScopeScheduling):
    """Deals out the tests one by one, but gives those that keep the machine busy to one process, one after the other.

    Two of them at the same time would wait for each other; and those with a browser share one product.
    """

    BUSY = ("tests/browser/", "tests/faults/", "tests/worker/test_processes.py")

    def _split_scope(self, nodeid: str) -> str:
        return "busy" if nodeid.startswith(self.BUSY) else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


@pytest.fixture(scope="session", autouse=True)
def data_folder() -> Iterator[Path]:
    """Everything the tests write, gone afterwards."""
    yield Path(_DATA)
    shutil.rmtree(_DATA, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    with servers.postgresql() as url:
        yield url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def migrated_app(request: pytest.FixtureRequest, data_folder: Path) -> Iterator[Flask]:
    """The application over a database that the migrations made; not rolled back."""
    settings = Settings.from_env()
    url = f"sqlite:///{data_folder / 'test.sqlite3'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql_url")
    app = create_app(replace(settings, database_url=url))
    app.config["GUEST_PAGE_SECONDS"] = 0  # each test has a database of its own, and counts its statements
    migrate(app)
    yield app
    with app.app_context():
        db.engine.dispose()


def migrate(app: Flask, revision: str = "head") -> None:
    """Bring the application's database to a revision."""
    from flask_migrate import upgrade

    with app.app_context():
        with_migrations()
        upgrade(revision=revision)


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application inside one transaction that is rolled back: a commit is a savepoint, and a forgotten one shows.

    No application context stays pushed: each request has a session of its own, as in life.
    """
    begin_writing()
    with migrated_app.app_context():
        engines: Any = db.engines
        engine = engines[None]
        connection = engine.connect()
        transaction = connection.begin()
        engines[None] = connection
    try:
        yield migrated_app
    finally:
        transaction.rollback()
        connection.close()
        engines[None] = engine


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Nobody in particular."""
    return app.test_client()


@pytest.fixture
def guest(app: Flask) -> Browser:
    """Someone who is not signed in, whose pages are checked."""
    return Browser(app.test_client())


@pytest.fixture
def sign_in(app: Flask) -> Callable[[str], Browser]:
    """Sign in the person with this address, through the form, and return their browser."""

    def signed_in(email: str) -> Browser:
        browser = Browser(app.test_client())
        answer = browser.submit("/account/login", {"email": email, "password": people.PASSWORD})
        assert answer.status_code == 303, answer.text
        return browser

    return signed_in


@pytest.fixture
def work(app: Flask) -> Callable[[], list[str]]:
    """Do what the worker would do, until nothing is left to do; return the handlers that ran."""
    from tests.work import work_off

    return lambda: work_off(app)
