"""Few requests at a time: Python runs one thread at once, and threads that wrest it from each other get less done.

With sixteen browsers asking at once, a lesson's page took twice the processor's time that it takes alone. Whoever waits
here costs nothing. A request that commits waits for the disk, and one that is inside for long mostly waits for
something else, as another's lock: both give their place to the next, and go on beside it.
"""

import io
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from nok.web.headers import CAME, SAFE_METHODS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONG_SECONDS = 0.05
_leave: ContextVar[Callable[[], None] | None] = ContextVar("nok_turnstile_leave", default=None)


class Turnstile:
    """A WSGI application that lets `places` requests at once into another one, in the order in which they come.

    The body of a request is read before, up to `most_bytes`: a slow sender holds no place, and one who went away before
    the end is not served. The body of an answer is sent after: a stream holds no place either.
    """

    def __init__(
        self, inner: "WSGIApplication", *, places: int, most_bytes: int, long_seconds: float = LONG_SECONDS
    ) -> None:
        self._inner = inner
        self._places = places
        self._most_bytes = most_bytes
        self._long_seconds = long_seconds
        self._lock = threading.Lock()
        self._inside: dict[threading.Event, float] = {}  # since when, the longest first
        self._waiting: deque[threading.Event] = deque()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Wait for a place, then run the application."""
        environ[CAME] = time.perf_counter()
        if environ["REQUEST_METHOD"] not in SAFE_METHODS and not self._read(environ):
            start_response(f"400 {HTTPStatus.BAD_REQUEST.phrase}", [("Content-Length", "0")])
            return []
        place = self._enter()
        token = _leave.set(lambda: self._leave(place))
        try:
            return self._inner(environ, start_response)
        finally:
            _leave.reset(token)
            self._leave(place)

    def _read(self, environ: "WSGIEnvironment") -> bool:
        """Read the body, if it is one that the application would take; False when its end is missing."""
        length = environ.get("CONTENT_LENGTH") or ""
        if "HTTP_TRANSFER_ENCODING" in environ:  # its length is not known before; one byte too many is refused inside
            environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(self._most_bytes + 1))
        elif length.isdecimal() and 0 < int(length) <= self._most_bytes:
            body = environ["wsgi.input"].read(int(length))
            environ["wsgi.input"] = io.BytesIO(body)
            return len(body) == int(length)
        return True

    def _enter(self) -> threading.Event:
        place = threading.Event()
        with self._lock:
            self._waiting.append(place)
            self._admit()
            patience = self._patience(place)
        while not place.wait(patience):
            with self._lock:
                self._admit()
                patience = self._patience(place)
        return place

    def _leave(self, place: threading.Event) -> None:
        with self._lock:
            self._inside.pop(place, None)
            self._admit()

    def _admit(self) -> None:
        """Let in whoever comes next, while there are places or one is held for too long."""
        moment = time.monotonic()
        while self._waiting:
            if len(self._inside) >= self._places:
                longest = next(iter(self._inside))
                if moment - self._inside[longest] < self._long_seconds:
                    return
                del self._inside[longest]
            following = self._waiting.popleft()
            self._inside[following] = moment
            following.set()

    def _patience(self, place: threading.Event) -> float:
        """Return the seconds until its turn comes even if nobody leaves: nobody who waits wakes up earlier."""
        if place not in self._waiting:  # it was let in meanwhile, and may have lost its place again before it woke
            return 0.0
        longest = self._inside[next(iter(self._inside))]
        turns = self._waiting.index(place) + 1
        return max(0.0, longest - time.monotonic() + turns * self._long_seconds)


@event.listens_for(Engine, "commit")
def _give_away(_connection: Any) -> None:
    """Let the next one in while the database writes; what is left of this request is mostly a redirect."""
    leave = _leave.get()
    if leave is not None:
        leave()
