"""What goes with every answer: the request's id, the content security policy, the rules for caches."""

import secrets
import time

import structlog
from flask import Flask, Response, g, request, session

from nok.core import logs
from nok.core.db import begin_reading, begin_writing
from nok.core.ids import new_uuid
from nok.settings import Settings
from nok.web import ahead, metrics

log = structlog.get_logger()
CAME = "nok.came"
"""Where the WSGI environment says when the request came: it may have waited for its turn since."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# Asked so often that a line for each would hide the others; they are counted, and what fails has its line.
QUIET = frozenset({"static", "health.healthz", "health.readyz", "health.metrics_text", "classroom_api.beat"})
FAILED = 400


def init(app: Flask, settings: Settings) -> None:
    """Hook into every request."""
    app.before_request(_begin)
    app.after_request(_security)
    if settings.secure:
        app.after_request(_strict_transport)
    app.after_request(_finish)


def nonce() -> str:
    """Return this request's nonce for scripts."""
    return str(g.nonce)


def allow_own_frames() -> None:
    """Let the page of this answer show documents of ours in a frame."""
    g.own_frames = True


def _begin() -> None:
    g.started = request.environ.get(CAME) or time.perf_counter()
    g.nonce = secrets.token_urlsafe(16)
    g.request_id = new_uuid()
    logs.bind(request_id=g.request_id)
    if request.method in SAFE_METHODS:
        begin_reading()
    else:
        begin_writing()


def _security(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", _policy())
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
    headers["X-Request-ID"] = g.get("request_id", "")
    if "Cache-Control" not in headers:
        # A page for one person must not come back from a cache after sign-out on a shared clinic computer.
        # Asked of the cookie: asking for the person could need the database, which this answer may be about.
        private = bool(session)
        headers["Cache-Control"] = "private, no-store" if private else "no-cache"
    headers.add("Vary", "Cookie")
    return response


def _policy() -> str:
    frames = "frame-src 'self'; " if g.get("own_frames") else ""
    return (
        f"default-src 'none'; {frames}"
        f"script-src 'self' 'nonce-{g.get('nonce', '')}' '{ahead.HASH}'; "
        "style-src 'self'; img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; "
        "worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _strict_transport(response: Response) -> Response:
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def _path() -> str:
    """Return the path as the log may keep it: a token that was mailed opens an account, so it stays out."""
    token = str((request.view_args or {}).get("token", ""))
    return request.path.replace(token, "…") if token else request.path


def _finish(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    metrics.observe_request(endpoint, request.method, response.status_code, seconds)
    if endpoint not in QUIET or response.status_code >= FAILED:
        log.info(
            "request",
            method=request.method,
            path=_path(),
            endpoint=endpoint,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
        )
    return response
