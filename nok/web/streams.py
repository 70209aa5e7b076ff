"""Live streams: one subscription to the broker for each process, feeding all streams of that process.

A stream holds a thread and nothing else: no database session, no broker connection. It sleeps until its person has news
(or for `PING_SECONDS`), then looks once and goes back to sleep.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

from nok.core import broker
from nok.core.live import CHANNEL
from nok.settings import Settings
from nok.web.metrics import open_streams

PING_SECONDS = 15.0
RECONNECT_SECONDS = 1.0
STOP_POLL_SECONDS = 0.25
MOST_FOR_ONE = 6  # browsers of one person; each holds one stream, however many tabs it has
log = structlog.get_logger()


class Listener:
    """One open stream: wakes when its person has news, ends when it must make room or the process stops."""

    def __init__(self, person_id: int, sign_in_id: int) -> None:
        self.person_id = person_id
        self.sign_in_id = sign_in_id
        self.ended = False
        self._wake = threading.Event()

    def wake(self) -> None:
        """Look for news now."""
        self._wake.set()

    def end(self) -> None:
        """End the stream; its page may open another."""
        self.ended = True
        self._wake.set()

    def sleep(self, seconds: float) -> None:
        """Wait for news, at most so long."""
        self._wake.wait(seconds)
        self._wake.clear()


class Hub:
    """The open streams of this process, and the one thread that hears the broker for them."""

    def __init__(self) -> None:
        self._listeners: dict[int, list[Listener]] = {}
        self._count = 0
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    @contextmanager
    def listening(self, listener: Listener, most: int) -> Iterator[bool]:
        """Count the listener in for the length of the block; False when `most` streams are open already."""
        with self._lock:
            admitted = not self.is_full(most)
            if admitted:
                self._count += 1
                group = self._listeners.setdefault(listener.person_id, [])
                for other in _superseded(group, listener):
                    other.end()
                group.append(listener)
                open_streams.set(self._count)
        try:
            yield admitted
        finally:
            if admitted:
                self._remove(listener)

    def is_full(self, most: int) -> bool:
        """Whether `most` streams are open already."""
        return self._count >= most

    def start(self, settings: Settings) -> None:
        """Begin to hear the broker, once in each process."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._listen, args=(settings,), name="live", daemon=True)
                self._thread.start()
                if settings.stop_file is not None:
                    threading.Thread(target=self._await_stop, args=(settings.stop_file,), daemon=True).start()

    def deliver(self, person_id: int) -> None:
        """Wake the streams of a person."""
        with self._lock:
            listeners = list(self._listeners.get(person_id, ()))
        for listener in listeners:
            listener.wake()

    def end_all(self) -> None:
        """End every stream: the process is about to stop. Pages connect again by themselves."""
        for listener in self._all():
            listener.end()

    def _remove(self, listener: Listener) -> None:
        with self._lock:
            self._count -= 1
            open_streams.set(self._count)
            group = self._listeners[listener.person_id]
            group.remove(listener)
            if not group:
                self._listeners.pop(listener.person_id, None)

    def _all(self) -> list[Listener]:
        with self._lock:
            return [listener for group in self._listeners.values() for listener in group]

    def _await_stop(self, stop_file: Path) -> None:
        while not stop_file.exists():
            time.sleep(STOP_POLL_SECONDS)
        self.end_all()

    def _listen(self, settings: Settings) -> None:
        while True:
            try:
                self._hear(broker.broker_url(settings))
            except Exception as error:  # noqa: BLE001  whatever the broker does, the streams go on by looking now and then
                log.warning("live_channel_lost", error=str(error))
            time.sleep(RECONNECT_SECONDS)

    def _hear(self, url: str) -> None:
        if not url:
            return
        with broker.client(url, reply_seconds=None) as connection, connection.pubsub() as channel:
            channel.subscribe(CHANNEL)
            for listener in self._all():  # whatever was said while nobody listened
                listener.wake()
            while True:
                message = channel.get_message(timeout=PING_SECONDS)
                if message is None:
                    channel.ping()
                elif message["type"] == "message":
                    with suppress(ValueError):
                        self.deliver(int(message["data"]))


def _superseded(group: list[Listener], newest: Listener) -> list[Listener]:
    """Return which of a person's streams make room for a new one.

    A browser holds one stream, so an older one of the same sign-in is of a page that was left: nobody tells the server
    before it next writes to it. Of other browsers, the oldest goes when there are too many.
    """
    same = [item for item in group if item.sign_in_id == newest.sign_in_id]
    others = [item for item in group if item.sign_in_id != newest.sign_in_id and not item.ended]
    return [*same, *others[: max(0, len(others) - MOST_FOR_ONE + 1)]]


hub = Hub()


def event(name: str, data: str, sequence: int | None = None) -> str:
    """Return one event in the text/event-stream format. `data` has no line breaks (JSON)."""
    head = f"id: {sequence}\n" if sequence is not None else ""
    return f"{head}event: {name}\ndata: {data}\n\n"


def stream(listener: Listener, most: int, after: int, look: Callable[[], list[str] | None]) -> Iterator[str]:
    """Yield a stream's text until it ends. `look` returns the events after `after`, or None when the sign-in is over.

    It begins with `after` as its id: a browser whose stream is cut before the first event then says where it stood.
    """
    with hub.listening(listener, most) as admitted:
        if not admitted:  # filled up since the view looked; the page tries again
            return
        yield f"retry: 5000\nid: {after}\n\n"
        while True:
            found = look()
            if found is None:
                yield event("bye", "{}")
                return
            if listener.ended:
                return
            yield from found or [": ping\n\n"]
            listener.sleep(PING_SECONDS)
