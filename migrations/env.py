"""Run migrations inside the application's context, on SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from nok.core.db import UtcDateTime

database = current_app.extensions["migrate"].db


def plain_types(kind: str, item: Any, _context: Any) -> Any:
    """Write our moments as plain timestamps: a migration must not change when our code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


@contextmanager
def tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """Let SQLite replace a table that others refer to; afterwards no reference may lead nowhere.

    SQLite changes most things of a table by copying it, and dropping the old copy would drop what refers to it. The
    switch works outside of transactions only, hence past SQLAlchemy, which would begin one.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    raw: Any = connection.connection.driver_connection
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migrations left references that lead nowhere: {broken[:10]}")
    finally:
        raw.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Apply what is missing, each migration in a transaction of its own."""
    with database.engine.connect() as connection, tables_may_be_rebuilt(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
            render_item=plain_types,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
