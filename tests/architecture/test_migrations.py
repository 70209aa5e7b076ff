"""Migrations: numbered, in one line, and what they make is what the models say."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect, select, text

from nok.app import create_app
from nok.cli.application import with_migrations
from nok.core.db import db
from nok.settings import Settings
from tests.architecture.source import ROOT
from tests.factories import world

MIGRATIONS = ROOT / "migrations"


def versions() -> list[Path]:
    found = sorted((MIGRATIONS / "versions").glob("*.py"))
    assert found, "there are no migrations"
    return found


def test_migrations_are_numbered_in_one_line() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    before: str | None = None
    for number, path in enumerate(versions(), 1):
        assert re.fullmatch(rf"{number:04}_[a-z0-9_]+\.py", path.name), f"{path.name}: the next number is {number:04}"
        revision = script.get_revision(f"{number:04}")
        assert revision is not None
        assert revision.down_revision == before, f"{path.name} follows {before}"
        before = revision.revision
    assert script.get_heads() == [before]
    head = (MIGRATIONS / "HEAD").read_text().strip()
    assert head == before, f"write {before} to migrations/HEAD: two branches shall conflict there, not in production"


def differences(app: Flask) -> list[object]:
    """Return what autogenerate would still change."""
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, db.metadata))


def test_what_the_migrations_make_is_what_the_models_say(migrated_app: Flask) -> None:
    assert differences(migrated_app) == []


@pytest.fixture(params=["sqlite", "postgresql"])
def other_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The application over a database of its own, empty."""
    url = f"sqlite:///{tmp_path / 'ladder.sqlite3'}"
    if request.param == "postgresql":
        server = request.getfixturevalue("postgresql_url")
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("DROP DATABASE IF EXISTS ladder"))
            connection.execute(text("CREATE DATABASE ladder"))
        engine.dispose()
        url = server.replace("/postgres?", "/ladder?")
    app = create_app(replace(Settings.from_env(), database_url=url))
    with app.app_context():
        with_migrations()
        yield app
        db.engine.dispose()


def test_migrations_go_up_down_and_up_over_a_full_database(other_app: Flask, tmp_path: Path) -> None:
    upgrade()
    world.build(other_app, tmp_path / "folders")
    empty = [
        table.name for table in db.metadata.sorted_tables if not db.session.execute(select(table).limit(1)).first()
    ]
    assert set(empty) <= world.EMPTY, f"fill these tables in tests/factories/world.py: {empty}"
    db.session.remove()
    for path in reversed(versions()[1:]):  # each step back and forth, with rows in the tables
        downgrade(revision=str(int(path.name[:4]) - 1).zfill(4))
        upgrade(revision=path.name[:4])
        downgrade(revision=str(int(path.name[:4]) - 1).zfill(4))
    upgrade()
    assert differences(other_app) == []
    downgrade(revision="base")
    left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
    assert not left, f"downgrade leaves {left}"
    upgrade()
    assert differences(other_app) == []
