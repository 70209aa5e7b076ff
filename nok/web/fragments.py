"""Pieces of pages that were written before: the same component, given the same things, writes the same HTML.

`kept(component, …)` in a template returns what the component wrote for these values the last time. Only for components
that look at nothing besides what they are given, the reader's language, and the address the site is mounted at: none
with a token, a nonce or a notice. Nothing can be out of date, since the values themselves are the key.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any

from flask import Flask, request
from flask_babel import get_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext

MOST = 4096


class Fragments:
    """Written HTML by component and values, as many as MOST; then it begins anew."""

    def __init__(self) -> None:
        self._written: dict[Any, str] = {}
        self._lock = Lock()

    @pass_eval_context
    def kept(self, page: EvalContext, component: Callable[..., str], *given: Any) -> str:
        """Return the component's HTML for hashable values."""
        key = (component, get_locale(), request.script_root, given)
        written = self._written.get(key)
        if written is None:
            written = component(page, *given)
            with self._lock:
                if len(self._written) >= MOST:
                    self._written.clear()
                self._written[key] = written
        return written


def init(app: Flask) -> None:
    """Give the templates `kept`."""
    app.jinja_env.globals["kept"] = Fragments().kept
