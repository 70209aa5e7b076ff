"""Run migrations inside the application's context, on SQLite and PostgreSQL."""

from typing import Any

from alembic import context
from flask import current_app

from nok.core.db import UtcDateTime

database = current_app.extensions["migrate"].db


def plain_types(kind: str, item: Any, _context: Any) -> Any:
    """Write our moments as plain timestamps: a migration must not change when our code does."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def run() -> None:
    """Apply what is missing, each migration in a transaction of its own."""
    with database.engine.connect() as connection:
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
