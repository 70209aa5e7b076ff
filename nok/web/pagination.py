"""Which page of a list is asked for."""

from flask import request
from werkzeug.exceptions import NotFound

MOST_PAGES = 1_000_000


def page_number() -> int:
    """Return the page that the address asks for, from 1; raise NotFound for one that no list has."""
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= MOST_PAGES:
        raise NotFound
    return number
