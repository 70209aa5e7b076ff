"""Pages that exist in development only: the mail that would have been sent."""

from flask import Blueprint, abort, current_app, render_template

from nok.core.mail import OutboxMailer, mailer
from nok.settings import Settings
from nok.web.access import public

blueprint = Blueprint("dev", __name__)


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
    return render_template("dev/mail_message.html", message=found)


def _outbox() -> OutboxMailer:
    settings: Settings = current_app.extensions["nok"]
    way = mailer(settings)
    if settings.production or not isinstance(way, OutboxMailer):
        abort(404)
    return way
