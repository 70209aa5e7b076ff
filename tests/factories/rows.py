"""Everything in the database, to see whether something changed, and to take it away again."""

from typing import Any

from flask import Flask
from sqlalchemy import delete, select

from nok.core.db import db

Rows = dict[str, list[tuple[Any, ...]]]


def all_rows(app: Flask) -> Rows:
    """Return every row of every table."""
    with app.app_context():
        return {
            table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
            for table in db.metadata.sorted_tables
        }


def changed(before: Rows, after: Rows) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that are new, gone or different, by table."""
    return {
        table: [row for row in [*before[table], *after[table]] if (row in before[table]) != (row in after[table])]
        for table in before
        if before[table] != after[table]
    }


def remove_all(app: Flask) -> None:
    """Empty every table, for tests that cannot be rolled back."""
    with app.app_context():
        for table in reversed(db.metadata.sorted_tables):
            db.session.execute(delete(table))
        db.session.commit()
