"""Finished pages kept for a moment, so that many guests cost little more than one.

Only who has no session gets them: whoever is signed in, holds a form's token or has a notice waiting sees each page
made anew. What changed shows to guests after `GUEST_PAGE_SECONDS`, two unless set otherwise; 0 keeps nothing.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from flask import Flask, Response, current_app, make_response, request, session
from flask_babel import get_locale

from nok.web.headers import nonce
from nok.web.templating import old_browser
from nok.web.theme import theme

SECONDS = 2.0
MOST_PAGES = 256
MOST_QUERY_BYTES = 300
OK = 200


@dataclass
class _Kept:
    body: bytes
    until: float


class GuestPages:
    """Pages by all that they depend on. While one request makes a page anew, the others still get the old one."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._kept: dict[Any, _Kept] = {}
        self._lock = Lock()

    def find(self, key: Any, seconds: float) -> bytes | None:
        """Return the page, or None for the one who is to make it."""
        moment = self._clock()
        with self._lock:
            kept = self._kept.get(key)
            if kept is None or kept.until + seconds <= moment:  # never made, or nobody came for it since
                return None
            if kept.until <= moment:
                kept.until = moment + seconds
                return None
            return kept.body

    def keep(self, key: Any, body: bytes, seconds: float) -> None:
        """Keep a page that was just made."""
        with self._lock:
            if len(self._kept) >= MOST_PAGES and key not in self._kept:
                self._kept.clear()
            self._kept[key] = _Kept(body, self._clock() + seconds)


def init(app: Flask) -> None:
    """Give the application its kept pages."""
    app.config.setdefault("GUEST_PAGE_SECONDS", SECONDS)
    app.extensions["guest_pages"] = GuestPages()


def kept_for_guests(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose page is the same for every guest who asks for an address in the same language and theme."""

    @wraps(view)
    def kept(**address: Any) -> Any:
        seconds: float = current_app.config["GUEST_PAGE_SECONDS"]
        if session or not seconds or len(request.query_string) > MOST_QUERY_BYTES:
            return view(**address)
        pages: GuestPages = current_app.extensions["guest_pages"]
        key = (request.path, request.query_string, str(get_locale()), theme(), old_browser())
        body = pages.find(key, seconds)
        if body is not None:
            return Response(body, mimetype="text/html")
        answer = make_response(view(**address))
        if answer.status_code == OK and _same_for_all(answer):
            pages.keep(key, answer.get_data(), seconds)
        return answer

    return kept


def _same_for_all(answer: Response) -> bool:
    """Whether nothing in the page is this request's own: no token, no notice, no nonce."""
    return not session and nonce().encode() not in answer.get_data()
