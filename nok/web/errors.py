"""Failures become pages (or JSON, for programs) that say what happened and what to do."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, current_app, g, jsonify, make_response, render_template, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import AnonymousUserMixin, current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from nok.core.db import db
from nok.core.errors import DomainError, TooMany
from nok.web.access import access_of, wants_json
from nok.web.again import again

log = structlog.get_logger()


@dataclass(frozen=True)
class ErrorPage:
    """What the page says: a title, an explanation, and what to do, the best first.

    `search` offers to look for what is not here. `reference` is the request's id, by which the log tells what happened.
    """

    code: int
    title: Any
    explanation: Any
    ways: list[tuple[str, Any]]
    search: bool
    reference: str


_WORDS: dict[int, tuple[Any, Any]] = {
    400: (_("That could not be read"), _("Something in the request was not understood. Go back and try once more.")),
    401: (_("Please sign in"), _("Your sign-in has ended. Sign in again; what was saved is still there.")),
    403: (_("This is not open to you"), _("The account you are signed in with may not see this page.")),
    404: (
        _("There is nothing here"),
        _("The page may have moved, the link may be incomplete, or it opens only to those who are enrolled."),
    ),
    405: (_("That cannot be done here"), _("The page does not know this way of asking. Go back and use its buttons.")),
    409: (_("Something else happened first"), _("Reload the page to see how it stands now.")),
    410: (_("This is gone"), _("The page was here once and has been taken down. Something like it may still be here.")),
    412: (_("It was changed meanwhile"), _("Reload it to see how it stands now, then make your change again.")),
    413: (_("That is too large"), _("Send less at once, or a smaller file.")),
    422: (_("Something is missing or not right"), _("Go back, check what you entered, and send it again.")),
    428: (_("Say which version you mean"), _("Send the ETag that you were given as If-Match.")),
    429: (_("Too many tries"), _("Too much was asked in a short time. Wait a minute, then try again.")),
    500: (_("That was our fault"), _("It is written down, and what you saved is safe. Try again in a moment.")),
    503: (_("One moment, please"), _("A part of the site is busy or restarting. Try again in a minute.")),
}  # fmt: skip
_SEARCHED = frozenset({404, 410})  # looking for it may find it
_OURS = frozenset({500, 503})
_PASSING = frozenset({429, 500, 503})  # the same page may open a moment later


def init(app: Flask) -> None:
    """Answer every failure in our words."""
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _domain(error: DomainError) -> Response:
    db.session.rollback()
    response = _answer(error.status, error.message)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.wait)
    return response


def _csrf(_error: CSRFError) -> Response:
    if wants_json() and not current_user.is_authenticated:
        return _answer(401, "")  # the token died with the sign-in: that is what the page's script must know
    view = current_app.view_functions.get(request.endpoint or "")
    return again(public=view is not None and access_of(view) == "public") or _answer(
        400,
        _("The page had been open too long or in another session. Go back, reload it, and send it again."),
    )


def _http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:  # noqa: PLR2004  a redirect raised by the router
        return make_response(error.get_response())
    response = _answer(error.code, "")
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _unexpected(error: Exception) -> Response:
    log.error("unexpected_error", exc_info=error)
    if not isinstance(error, SQLAlchemyError):
        return _answer(500, "")
    _take_for_a_guest()
    away = isinstance(error, OperationalError | PoolTimeout)
    response = _answer(503 if away else 500, "")
    if away:
        response.headers["Retry-After"] = "10"
    return response


def _answer(code: int, message: Any) -> Response:
    title, explanation = _WORDS.get(code, _WORDS[400 if code < 500 else 500])  # noqa: PLR2004
    explanation = message or explanation
    if wants_json():
        response = make_response(jsonify(error=str(title), message=str(explanation)), code)
    else:
        _find_out_who_reads()
        page = ErrorPage(
            code=code,
            title=title,
            explanation=explanation,
            ways=_ways(code),
            search=code in _SEARCHED,
            reference=g.get("request_id", "") if code in _OURS else "",
        )
        response = make_response(render_template("errors/error.html", **vars(page)), code)
    response.headers["Cache-Control"] = "no-store"
    return response


def _find_out_who_reads() -> None:
    """Ask the database once: where it is away, every part of the error's page would fail over that."""
    try:
        bool(current_user.is_authenticated)
    except SQLAlchemyError:
        log.warning("reader_unknown", exc_info=True)
        _take_for_a_guest()


def _take_for_a_guest() -> None:
    """Ask the database no more: it may be away, and the page must say so."""
    db.session.remove()
    g._login_user = AnonymousUserMixin()  # noqa: SLF001  where Flask-Login keeps the person of this request


def _ways(code: int) -> list[tuple[str, Any]]:
    """Return where to go from the page of an error."""
    ways: list[tuple[str, Any]] = []
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    if code in _PASSING and here:
        ways.append((here, _("Try again")))
    if code == HTTPStatus.UNAUTHORIZED:
        ways.append((url_for("accounts.login", next=here or None), _("Sign in")))
    if current_user.is_authenticated:
        ways.append((url_for("home.learn"), _("Go to My learning")))
    if code in _SEARCHED:
        ways += [(url_for("catalog.courses"), _("All courses")), (url_for("catalog.articles"), _("All articles"))]
    return [*ways, (url_for("home.index"), _("Go to the start page"))]
