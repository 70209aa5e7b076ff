"""Failures become pages (or JSON, for programs) that say what happened and what to do."""

from dataclasses import dataclass
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
    """What the page says: a title, an explanation, and one thing to do."""

    code: int
    title: Any
    explanation: Any
    action_url: str
    action_text: Any


_WORDS: dict[int, tuple[Any, Any]] = {
    400: (_("That could not be read"), _("Something in the request was not understood. Go back and try once more.")),
    401: (_("Please sign in"), _("Your sign-in has ended. Sign in again; what was saved is still there.")),
    403: (_("This is not open to you"), _("Your account may not see this page.")),
    404: (_("There is nothing here"), _("The page may have moved, or the link may be incomplete.")),
    405: (_("That cannot be done here"), _("The page does not know this way of asking. Go back and use its buttons.")),
    409: (_("Something else happened first"), _("Reload the page to see how it stands now.")),
    410: (_("This is gone"), _("The page was here once and has been taken down.")),
    413: (_("That is too large"), _("Send less at once, or a smaller file.")),
    422: (_("Something is missing or not right"), _("Go back, check what you entered, and send it again.")),
    429: (_("Too many tries"), _("Wait a little before you try again.")),
    500: (_("That was our fault"), _("The error is written down. What you had saved is safe; try again in a moment.")),
    503: (_("One moment, please"), _("A part of the site is busy or restarting. Try again in a minute.")),
}  # fmt: skip


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
    # The database may be away: the page that says so must not ask it who is reading.
    db.session.remove()
    g._login_user = AnonymousUserMixin()  # noqa: SLF001  where Flask-Login keeps the person of this request
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
        page = ErrorPage(code, title, explanation, url_for("home.index"), _("Go to the start page"))
        response = make_response(render_template("errors/error.html", **vars(page)), code)
    response.headers["Cache-Control"] = "no-store"
    return response
