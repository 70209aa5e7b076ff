"""Few requests at once, in their order, and none that can hold up the others."""

import io
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from nok.web.turnstile import Turnstile

FOR_EVER = 3600.0
SECONDS = 20


class Inside:
    """An application whose requests stay inside until they are told to go."""

    def __init__(self) -> None:
        self.came: list[str] = []
        self.most = self._now = 0
        self._doors: dict[str, threading.Event] = {}
        self._changed = threading.Condition()

    def __call__(self, environ: dict[str, Any], _start: Any) -> list[bytes]:
        name = environ["PATH_INFO"]
        with self._changed:
            self.came.append(name)
            self._now += 1
            self.most = max(self.most, self._now)
            self._changed.notify_all()
        try:
            assert self.door(name).wait(SECONDS)
            if name == "fails":
                raise RuntimeError(name)
            return [environ["wsgi.input"].read()]
        finally:
            with self._changed:
                self._now -= 1

    def door(self, name: str) -> threading.Event:
        with self._changed:
            return self._doors.setdefault(name, threading.Event())

    def wait_for(self, *names: str) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.came == list(names), SECONDS), self.came


Ask = Callable[..., Any]


@pytest.fixture
def inside() -> Inside:
    return Inside()


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def asking(turnstile: Turnstile, pool: ThreadPoolExecutor) -> Ask:
    """Return what sends a request, and comes back when it stands in the queue or is inside."""

    def ask(name: str, body: Any = None, length: str = "", more: Any = None) -> Any:
        stands = threading.Event()
        method = "POST" if body else "GET"
        environ = {
            "PATH_INFO": name,
            "REQUEST_METHOD": method,
            "CONTENT_LENGTH": length,
            "wsgi.input": body or io.BytesIO(),
        }
        environ |= more or {}

        def send() -> bytes:
            stands.set()
            return b"".join(turnstile(environ, lambda *_: None))  # type: ignore[arg-type]

        future = pool.submit(send)
        assert stands.wait(SECONDS)
        return future

    return ask


def test_only_so_many_are_inside_and_the_others_follow_in_their_order(inside: Inside, pool: ThreadPoolExecutor) -> None:
    turnstile = Turnstile(inside, places=2, most_bytes=0, long_seconds=FOR_EVER)
    ask = asking(turnstile, pool)
    names = ["a", "b", "c", "d", "e"]
    futures = []
    for count, name in enumerate(names, 1):
        futures.append(ask(name))
        while len(turnstile._inside) + len(turnstile._waiting) < count:
            threading.Event().wait(0.001)
    inside.wait_for("a", "b")
    for count, name in enumerate(names, 1):
        inside.door(name).set()
        futures[count - 1].result(SECONDS)
        inside.wait_for(*names[: count + 2])
    assert inside.most == 2


def test_one_that_stays_for_long_gives_its_place_to_the_next(inside: Inside, pool: ThreadPoolExecutor) -> None:
    ask = asking(Turnstile(inside, places=1, most_bytes=0, long_seconds=0.01), pool)
    stays = ask("stays")
    inside.wait_for("stays")
    inside.door("quick").set()
    assert ask("quick").result(SECONDS) == b""
    assert not stays.done()
    inside.door("stays").set()
    stays.result(SECONDS)
    assert ask("quick").result(SECONDS) == b"", "the place that was given away is not lost"


def test_one_that_commits_gives_its_place_to_the_next(inside: Inside, pool: ThreadPoolExecutor) -> None:
    engine = create_engine("sqlite://")

    def commits(environ: Any, start: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "commits":
            with engine.begin() as connection:
                connection.execute(text("SELECT 1"))
        return inside(environ, start)

    ask = asking(Turnstile(commits, places=1, most_bytes=0, long_seconds=FOR_EVER), pool)
    committed = ask("commits")
    inside.wait_for("commits")
    inside.door("next").set()
    assert ask("next").result(SECONDS) == b""
    assert not committed.done()
    inside.door("commits").set()
    committed.result(SECONDS)
    inside.came.clear()
    reads, waits = ask("reads"), ask("waits")
    inside.wait_for("reads")
    inside.door("reads").set()
    inside.door("waits").set()
    assert (reads.result(SECONDS), waits.result(SECONDS)) == (b"", b""), "the place that was given away is not lost"
    assert inside.most == 2


def test_one_that_fails_leaves_its_place(inside: Inside, pool: ThreadPoolExecutor) -> None:
    ask = asking(Turnstile(inside, places=1, most_bytes=0, long_seconds=FOR_EVER), pool)
    inside.door("fails").set()
    inside.door("next").set()
    with pytest.raises(RuntimeError):
        ask("fails").result(SECONDS)
    assert ask("next").result(SECONDS) == b""


@pytest.mark.parametrize(
    ("length", "more"), [("9", {}), ("", {"HTTP_TRANSFER_ENCODING": "chunked"})], ids=["length", "chunked"]
)
def test_a_slow_sender_holds_no_place(
    length: str, more: dict[str, str], inside: Inside, pool: ThreadPoolExecutor
) -> None:
    sent = threading.Event()

    class Slow(io.BytesIO):
        def read(self, *size: Any) -> bytes:
            assert sent.wait(SECONDS)
            return super().read(*size)

    ask = asking(Turnstile(inside, places=1, most_bytes=100, long_seconds=FOR_EVER), pool)
    inside.door("slow").set()
    inside.door("quick").set()
    slow = ask("slow", Slow(b"all of it"), length, more)
    assert ask("quick").result(SECONDS) == b""
    sent.set()
    assert slow.result(SECONDS) == b"all of it"


def test_who_went_away_before_the_end_is_not_served(inside: Inside, pool: ThreadPoolExecutor) -> None:
    ask = asking(Turnstile(inside, places=1, most_bytes=100, long_seconds=FOR_EVER), pool)
    assert ask("half", io.BytesIO(b"half of"), "15").result(SECONDS) == b""
    assert inside.came == []


def test_what_is_too_long_is_left_to_the_application(inside: Inside, pool: ThreadPoolExecutor) -> None:
    ask = asking(Turnstile(inside, places=1, most_bytes=4, long_seconds=FOR_EVER), pool)
    inside.door("long").set()
    chunked = {"HTTP_TRANSFER_ENCODING": "chunked"}
    assert ask("long", io.BytesIO(b"123456"), "6").result(SECONDS) == b"123456"
    assert len(ask("long", io.BytesIO(b"123456"), "", chunked).result(SECONDS)) == 5, "more than it may be, and no more"


def test_one_that_lost_its_place_before_it_woke_goes_on_all_the_same(inside: Inside) -> None:
    turnstile = Turnstile(inside, places=1, most_bytes=0, long_seconds=0)
    late = turnstile._enter()
    turnstile._enter()
    assert late not in turnstile._inside
    assert turnstile._patience(late) == 0
