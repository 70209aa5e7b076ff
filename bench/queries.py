"""SQL statements per page, as a guest and signed in."""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench.figure import Figure
from nok.cli import demonstration
from nok.cli.application import with_migrations
from nok.core.db import begin_writing, db
from nok.settings import Settings
from tests.factories.people import PASSWORD
from tests.faults.product import inside
from tests.pages import Browser

COURSE = "clean-field-and-sharps"
FOR_ALL = {"catalog": ("/courses", 3), "course": (f"/courses/{COURSE}", 6)}
FOR_MEMBERS = {"lesson": (f"/learn/{COURSE}/the-clean-field", 6)}
PERSON_AND_BELL = 2


def measure(folder: Path) -> Iterator[Figure]:
    settings = Settings.from_env({"NOK_DATA_DIR": str(folder / "data")})
    settings.data_dir.mkdir(exist_ok=True)
    with inside(settings) as app:
        load(settings)
    # Outside of the context: each request has one of its own, as in life.
    guest, member = app.test_client(), signed_in(app)
    for name, (path, budget) in FOR_ALL.items():
        yield Figure(f"statements, {name}, guest", count(guest, path), "", budget)
    for name, (path, budget) in (FOR_ALL | FOR_MEMBERS).items():
        yield Figure(f"statements, {name}, signed in", count(member, path), "", budget + PERSON_AND_BELL)


def load(settings: Settings) -> None:
    from flask_migrate import upgrade

    with_migrations()
    upgrade()
    begin_writing()
    demonstration.load(settings)
    db.session.commit()


def signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    Browser(client).submit("/account/login", {"email": demonstration.STUDENT, "password": PASSWORD})
    return client


def count(client: FlaskClient, path: str) -> int:
    """Open the page twice and count the statements of the second time, without BEGIN and the like."""
    assert client.get(path).status_code == 200, path
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        client.get(path)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(seen)
