"""Pages fetched ahead: a browser may fetch the page behind a link while the pointer rests on it.

The rules are a file named by a header, as the security policy wants, and not words in every page. Reading a page
changes nothing here (a test holds that), so a page fetched and never looked at does no harm. Browsers that do not know
the header go on as before. See https://html.spec.whatwg.org/multipage/speculative-loading.html
"""

from http import HTTPStatus

from flask import Blueprint, Flask, Response, json, request, url_for

from nok.web.access import public

blueprint = Blueprint("ahead", __name__)

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
RULES = {"prefetch": [{"where": WHERE, "eagerness": "moderate"}]}
LEARNING = "classroom"
"""On its pages the learner changes what the page of the course says, so nothing is fetched ahead from there."""


def init(app: Flask) -> None:
    """Name the rules with every page."""
    app.after_request(_name_rules)


@blueprint.get("/speculation-rules.json")
@public
def speculation_rules() -> Response:
    """The links that are worth it: pages that are open to everybody, never what is one person's alone."""
    answer = Response(json.dumps(RULES), mimetype="application/speculationrules+json")
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


def _name_rules(response: Response) -> Response:
    page = request.method == "GET" and response.status_code == HTTPStatus.OK and response.mimetype == "text/html"
    if page and request.blueprint != LEARNING:
        response.headers["Speculation-Rules"] = f'"{url_for("ahead.speculation_rules")}"'
    return response
