"""Pages fetched ahead: a browser may fetch the page behind a link while the pointer rests on it.

The rules stand in the page: as a file of their own they would be the first thing to be fetched, and the styles would
wait for another connection. The security policy knows them by their hash. Reading a page changes nothing here (a test
holds that), so a page fetched and never looked at does no harm. Browsers that do not know the rules go on as before.

https://html.spec.whatwg.org/multipage/speculative-loading.html
"""

import base64
import hashlib

from flask import Flask, json, request
from markupsafe import Markup

PAGES = (
    "/",
    "/courses",
    "/courses/:slug",
    "/articles",
    "/articles/:slug",
    "/teachers/:slug",
)
"""No lessons: what was fetched before the film ended would show the lesson as not done."""
NO_PAGES = ("/articles/feed.atom",)
WHERE = {"and": [{"href_matches": list(PAGES)}, {"not": {"href_matches": list(NO_PAGES)}}]}
# Written by us alone, without a character that HTML would read.
RULES = json.dumps({"prefetch": [{"where": WHERE, "eagerness": "moderate"}]}, separators=(",", ":"))
HASH = f"sha256-{base64.b64encode(hashlib.sha256(RULES.encode()).digest()).decode()}"
LEARNING = "classroom"
"""On its pages the learner changes what the page of the course says, so nothing is fetched ahead from there."""


def init(app: Flask) -> None:
    """Give the rules to the layout."""
    app.jinja_env.globals["ahead"] = _rules


def _rules() -> Markup:
    """Return the links that are worth it: pages that are open to everybody, never what is one person's alone."""
    return Markup(RULES if request.blueprint != LEARNING else "")  # noqa: S704
