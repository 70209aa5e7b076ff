"""The console's blueprint, and how its lists are asked for."""

from flask import Blueprint, request
from werkzeug.exceptions import NotFound as NoSuchPage

blueprint = Blueprint("admin", __name__)
MOST_PAGES = 1_000_000
LONGEST_SEARCH = 200


def page_number() -> int:
    """Return the page asked for, from 1; raise NotFound for one that no list has."""
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= MOST_PAGES:
        raise NoSuchPage
    return number


def asked(name: str) -> str:
    """Return what was typed into a search field, without what no row holds."""
    return request.args.get(name, "").replace("\0", "").strip()[:LONGEST_SEARCH]
