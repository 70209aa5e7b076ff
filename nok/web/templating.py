"""What templates may call."""

from collections.abc import Callable
from typing import Any

from flask import Flask, request
from jinja2 import StrictUndefined

from nok.web.covers import cover
from nok.web.headers import nonce


def init(app: Flask, bell: Callable[[], Any]) -> None:
    """Give templates their globals; a name that is not there is an error, not a blank."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(csp_nonce=nonce, bell=bell, old_browser=old_browser, cover=cover)


def old_browser() -> bool:
    """Whether this is Internet Explorer, which gets a notice naming browsers that work."""
    agent = request.user_agent.string
    return "Trident/" in agent or "MSIE " in agent
