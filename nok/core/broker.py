"""The way to the broker. Nothing here ever makes a page wait: words to it are carried by a thread of their own."""

import threading
import time
from collections import deque
from functools import cache
from typing import TYPE_CHECKING

import structlog

from nok.settings import Settings

if TYPE_CHECKING:
    import redis
    from celery import Celery

DRAIN = "outbox.drain"  # the one task the web knows by name
CONNECT_SECONDS = 1.0
REPLY_SECONDS = 2.0
REST_SECONDS = 2.0  # after a failure: a dead broker is not asked again at once
KEEP_ANNOUNCEMENTS = 1000

log = structlog.get_logger()


def broker_url(settings: Settings) -> str:
    """Return the broker's URL: the setting, or what the embedded broker wrote when it started ('' when it has not)."""
    if settings.broker_url:
        return settings.broker_url
    try:
        return settings.broker_url_file.read_text().strip()
    except FileNotFoundError:
        return ""


def client(url: str, *, reply_seconds: float | None = REPLY_SECONDS) -> "redis.Redis":
    """Return a client with short timeouts; `reply_seconds=None` only for a thread that does nothing but listen."""
    import redis  # here: it takes a third of a second to load, and the first page needs none of it

    return redis.Redis.from_url(
        url, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=reply_seconds, health_check_interval=15
    )


class Courier:
    """Carries nudges and live signals to the broker, in the background, and drops them when it is away.

    Both are only hints: the sweep finds undrained messages and each stream looks for news by itself now and then.
    """

    def __init__(self) -> None:
        self._settings: Settings | None = None
        self._wake = threading.Event()
        self._nudged = False
        self._announcements: deque[tuple[str, str]] = deque(maxlen=KEEP_ANNOUNCEMENTS)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._rest_until = 0.0
        self._idle = threading.Event()
        self._idle.set()

    def configure(self, settings: Settings) -> None:
        """Say where the broker is. Until then hints go nowhere."""
        self._settings = settings

    def nudge(self) -> None:
        """Ask the worker to drain the outbox now."""
        self._nudged = True
        self._start()

    def announce(self, channel: str, text: str) -> None:
        """Publish `text` on the Redis channel."""
        self._announcements.append((channel, text))
        self._start()

    def flush(self, seconds: float) -> bool:
        """Wait until everything is carried or dropped, at most so long: a process that ends takes its threads along."""
        return self._idle.wait(seconds)

    def _start(self) -> None:
        with self._lock:
            self._idle.clear()
            # A forked child inherits the object but not the thread.
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="courier", daemon=True)
                self._thread.start()
            self._wake.set()

    def _run(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            try:
                self._carry_or_drop()
            except Exception as error:  # noqa: BLE001  a hint that fails is dropped, whatever the reason
                self._rest_until = time.monotonic() + REST_SECONDS
                log.warning("broker_unreachable", error=str(error))
            with self._lock:
                if not self._wake.is_set():
                    self._idle.set()

    def _carry_or_drop(self) -> None:
        url = broker_url(self._settings) if self._settings else ""
        if not url or time.monotonic() < self._rest_until:
            # Dropped, not kept: what is carried late tells a later listener of what is long over.
            self._nudged = False
            self._announcements.clear()
        else:
            self._carry(url)

    def _carry(self, url: str) -> None:
        if self._nudged:
            self._nudged = False
            producer(url).send_task(DRAIN, retry=False, ignore_result=True)
        if self._announcements:
            with client(url) as connection:
                while self._announcements:
                    channel, text = self._announcements.popleft()
                    connection.publish(channel, text)


courier = Courier()


@cache
def producer(url: str) -> "Celery":
    """Return a Celery application that only sends, with its connection pool, one for each broker."""
    from celery import Celery  # here: the supervisor asks only where the broker is

    app = Celery("nok", broker=url, set_as_current=False)
    app.conf.update(
        broker_transport_options=transport_options(),
        broker_connection_retry=False,
        task_default_queue="default",
        task_ignore_result=True,
    )
    return app


def transport_options() -> dict[str, float | int]:
    """Return Kombu's options for a Redis broker: short timeouts, and redelivery only of what is surely lost."""
    return {
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": REPLY_SECONDS,
        "visibility_timeout": 3600,
        "max_retries": 0,
    }
