"""Pages of long lists: cut by the database, never loaded whole."""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Select, String, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from nok.core.db import db
from nok.core.pagination import Page

PAGE_SIZE = 50
MOST_LETTERS = 16
Item = TypeVar("Item")


def page(statement: Select[*tuple[Any, ...]], item: Callable[..., Item], number: int) -> Page[Item]:
    """Return a page of the rows, each made an item by `item(*row)`; the last page when there are not so many."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    number = max(1, min(number, -(-total // PAGE_SIZE)))
    rows = db.session.execute(statement.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    return Page([item(*row) for row in rows], total, number, PAGE_SIZE)


def holds(words: str, *columns: Any) -> ColumnElement[bool]:
    """Whether one of the columns holds the words, upper and lower case alike; `%` and `_` stand for themselves."""
    for upper, lower in _cases(words):
        words = words.replace(upper, lower)
        columns = tuple(func.replace(column, upper, lower, type_=String()) for column in columns)
    return or_(*(column.icontains(words, autoescape=True) for column in columns))


def _cases(words: str) -> list[tuple[str, str]]:
    """Return upper and lower case of the letters in the words that not every database folds: those beyond ASCII.

    No more than MOST_LETTERS: each of them makes the statement deeper, and SQLite gives up at about thirty.
    """
    pairs = ((letter.upper(), letter) for letter in dict.fromkeys(words.lower()) if not letter.isascii())
    return [pair for pair in pairs if pair[0] != pair[1] and len(pair[0]) == 1][:MOST_LETTERS]
