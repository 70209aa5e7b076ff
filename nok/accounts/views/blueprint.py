"""The blueprint of accounts, and what several of its views do."""

from flask import Blueprint, current_app, request

from nok.accounts import service
from nok.accounts.models import Person
from nok.web.login import session_token, start_session

blueprint = Blueprint("accounts", __name__)


def secret_key() -> str:
    """Return the key under which links in mail are signed."""
    key: str = current_app.extensions["nok"].secret_key
    return key


def network() -> str:
    """Return the address of the computer that asks, as the server and its trusted proxies see it."""
    return request.remote_addr or ""


def begin_sign_in(person: Person) -> None:
    """Begin a sign-in in this browser, in place of the one it may have."""
    old = session_token()
    if old:
        service.end_sign_in(old)
    start_session(service.start_sign_in(person, request.user_agent.string))
