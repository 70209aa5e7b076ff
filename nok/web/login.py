"""The session cookie. Who a token belongs to is injected by `nok.app`: accounts live above this package."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

from nok.core.tokens import SIGN_IN_DAYS
from nok.settings import Settings

TOKEN = "_user_id"  # noqa: S105  the key under which Flask-Login keeps what get_id() returned


class _Sessions(SecureCookieSessionInterface):
    """Flask's own cookie, whose signer is made once and not with every request."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        self._signer = self._signer or super().get_signing_serializer(app)
        return self._signer


class _Csrf(CSRFProtect):
    """Flask-WTF's protection, which looks for the token of scripts before it reads the body as a form."""

    def _get_csrf_token(self) -> str | None:
        return request.headers.get("X-CSRFToken") or super()._get_csrf_token()


csrf = _Csrf()


def init(app: Flask, settings: Settings, load: Callable[[str], Any | None]) -> None:
    """Set up cookies, CSRF protection and the loader `load(token) -> person or None`."""
    app.config.update(
        SESSION_COOKIE_NAME="__Host-nok" if settings.secure else "nok",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=SIGN_IN_DAYS * 24 * 3600,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,  # a form left open over lunch must still work; the token dies with the session
        WTF_CSRF_SSL_STRICT=True,
    )
    app.session_interface = _Sessions()
    manager = LoginManager()
    manager.session_protection = None  # the token row is the session; addresses change on clinic Wi-Fi
    manager.user_loader(load)
    manager.init_app(app)
    csrf.init_app(app)


def start_session(token: str) -> None:
    """Begin a fresh browser session for the token: nothing of the one before is kept, so it cannot be fixed."""
    session.clear()
    session[TOKEN] = token
    session.permanent = True


def end_session() -> None:
    """Forget everything in the browser session."""
    session.clear()


def session_token() -> str | None:
    """Return the token in the browser's cookie."""
    return session.get(TOKEN)


def safe_next(default: str) -> str:
    """Return the page to go on to, from `next`, if it is one of ours."""
    target = request.values.get("next", "")
    parts = urlsplit(target)
    home = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    clean = target.isprintable() and "\\" not in target
    return target if home and clean else default
