"""The console's blueprint, and how its lists are searched."""

from flask import Blueprint, request

blueprint = Blueprint("admin", __name__)
LONGEST_SEARCH = 200


def asked(name: str) -> str:
    """Return what was typed into a search field, without what no row holds."""
    return request.args.get(name, "").replace("\0", "").strip()[:LONGEST_SEARCH]
