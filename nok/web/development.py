"""Pages that exist in development only: the mail that would have been sent, and the components."""

from flask import Blueprint, Response, abort, current_app, render_template

from nok.core.mail import OutboxMailer, mailer
from nok.settings import Settings
from nok.web.access import public
from nok.web.headers import allow_own_frames
from nok.web.specimens import specimens

blueprint = Blueprint("dev", __name__)

_SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"
"""The frame runs nothing; its links open, in tabs of their own."""


@blueprint.get("/dev/mail")
@public
def mail() -> str:
    """Every message, the newest first."""
    return render_template("dev/mail.html", messages=list(_outbox().kept())[:200])


@blueprint.get("/dev/mail/<slug:key>")
@public
def message(key: str) -> str:
    """One message."""
    found = _outbox().find(key)
    if found is None:
        abort(404)
    allow_own_frames()
    return render_template("dev/mail_message.html", message=found)


@blueprint.get("/dev/mail/<slug:key>/html")
@public
def message_html(key: str) -> Response:
    """The same message as programs for mail show it, in a frame of the page above."""
    found = _outbox().find(key)
    if found is None or not found.html:
        abort(404)
    return Response(
        found.html, headers={"Content-Security-Policy": f"default-src 'none'; style-src 'unsafe-inline'; {_SANDBOX}"}
    )


@blueprint.get("/dev/components")
@public
def components() -> str:
    """Each piece that pages are made of, in each state."""
    return render_template("dev/components.html", **specimens())


def _outbox() -> OutboxMailer:
    settings: Settings = current_app.extensions["nok"]
    way = mailer(settings)
    if settings.production or not isinstance(way, OutboxMailer):
        abort(404)
    return way
