"""What machines ask: is the process up, are its parts, what are its numbers."""

import hmac
from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app, jsonify, request
from sqlalchemy import text

from nok.core import broker
from nok.core.db import db
from nok.core.storage import open_storage
from nok.settings import Settings
from nok.web import metrics
from nok.web.access import public

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Each part the product needs, `up` or what is wrong with it; 503 when one is down."""
    settings: Settings = current_app.extensions["nok"]
    parts = {
        "database": _state(lambda: db.session.execute(text("SELECT 1"))),
        "broker": _state(lambda: _ping(settings)),
        "storage": _state(open_storage(settings).check),
    }
    ready = all(state == "up" for state in parts.values())
    answer = jsonify(status="ok" if ready else "down", parts=parts)
    answer.headers["Cache-Control"] = "no-store"
    return answer, 200 if ready else 503


@blueprint.get("/metrics")
@public
def metrics_text() -> Response:
    """Prometheus numbers, for who has the token, or, in development, for this machine."""
    settings: Settings = current_app.extensions["nok"]
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.metrics_token:
        if not hmac.compare_digest(given.encode(), settings.metrics_token.encode()):
            abort(404)
    elif settings.production or request.remote_addr not in {"127.0.0.1", "::1"} or "X-Forwarded-For" in request.headers:
        abort(404)  # behind a proxy everyone seems to be on this machine
    return Response(metrics.text(), mimetype="text/plain; version=0.0.4")


def _ping(settings: Settings) -> None:
    url = broker.broker_url(settings)
    if not url:
        raise ConnectionError("not started")
    with broker.client(url) as connection:
        connection.ping()


def _state(probe: Callable[[], object]) -> str:
    try:
        probe()
    except Exception as error:  # noqa: BLE001  whatever is wrong with a part is what this page is there to say
        current_app.logger.warning("not ready: %s", error)
        return f"down ({type(error).__name__})"  # the class says enough; the text may hold addresses
    return "up"
