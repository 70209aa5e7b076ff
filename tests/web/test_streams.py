"""The hub of live streams: who is let in, who is woken, and how streams end."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from nok.web import streams
from nok.web.metrics import open_streams
from nok.web.streams import Hub, Listener, event, stream


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    found = Hub()
    monkeypatch.setattr(streams, "hub", found)
    return found


def woken(listener: Listener) -> bool:
    """Whether the listener does not sleep for the whole of a second."""
    started = time.monotonic()
    listener.sleep(1)
    return time.monotonic() - started < 0.5


def test_no_more_are_let_in_than_there_are_places(hub: Hub) -> None:
    with hub.listening(Listener(1, 1), 2) as first, hub.listening(Listener(1, 2), 2) as second:
        assert (first, second) == (True, True)
        with hub.listening(Listener(2, 3), 2) as third:
            assert third is False
        assert hub.is_full(2), "one that was not let in takes no place away when it goes"
    with hub.listening(Listener(2, 3), 2) as again:
        assert again is True


def test_one_person_takes_only_so_many_of_the_places(hub: Hub) -> None:
    browsers = [Listener(1, number) for number in range(streams.MOST_FOR_ONE + 1)]
    other = Listener(2, 99)
    with ExitStack() as stack:
        for listener in [other, *browsers]:
            stack.enter_context(hub.listening(listener, 99))
        assert [listener.ended for listener in browsers] == [True] + [False] * streams.MOST_FOR_ONE
        assert not other.ended


def test_a_page_that_was_left_makes_room_for_the_next_of_the_same_browser(hub: Hub) -> None:
    left, elsewhere, current = Listener(1, 7), Listener(1, 8), Listener(1, 7)
    with ExitStack() as stack:
        for listener in (left, elsewhere, current):
            stack.enter_context(hub.listening(listener, 99))
        assert left.ended
        assert not elsewhere.ended
        assert not current.ended


def test_with_no_places_nobody_is_let_in(hub: Hub) -> None:
    with hub.listening(Listener(1, 1), 0) as admitted:
        assert admitted is False


def test_a_stream_that_breaks_gives_its_place_back(hub: Hub) -> None:
    with pytest.raises(RuntimeError), hub.listening(Listener(1, 1), 1):
        raise RuntimeError
    assert not hub.is_full(1)
    assert hub._listeners == {}
    assert open_streams._value.get() == 0


def test_news_wake_the_streams_of_that_person_only(hub: Hub) -> None:
    mine, also_mine, other = Listener(1, 1), Listener(1, 2), Listener(2, 3)
    with hub.listening(mine, 9), hub.listening(also_mine, 9), hub.listening(other, 9):
        hub.deliver(1)
        assert [woken(listener) for listener in (mine, also_mine, other)] == [True, True, False]
        assert not mine.ended
    hub.deliver(1)  # nobody is there any more


def test_news_that_come_between_looking_and_sleeping_are_not_missed(hub: Hub) -> None:
    listener = Listener(1, 1)
    with hub.listening(listener, 9):
        hub.deliver(1)
        assert woken(listener)
        assert not woken(listener), "woken once"


def test_when_the_process_stops_every_stream_is_woken_and_ends(hub: Hub) -> None:
    listeners = [Listener(person, person) for person in range(3)]
    ended: list[bool] = []

    def one(listener: Listener) -> None:
        ended.append(len(list(stream(listener, 9, 0, list))) >= 2)

    threads = [threading.Thread(target=one, args=(listener,)) for listener in listeners]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 5
    while hub._count < 3 and time.monotonic() < deadline:
        time.sleep(0.01)
    hub.end_all()
    for thread in threads:
        thread.join(5)
    assert ended == [True] * 3
    assert hub._count == 0


def test_a_stream_looks_sends_and_sleeps_until_its_sign_in_is_over(hub: Hub) -> None:
    listener = Listener(1, 1)
    found: Iterator[list[str] | None] = iter([["a", "b"], [], None])

    def look() -> list[str] | None:
        listener.wake()  # so that it need not sleep here
        return next(found)

    assert list(stream(listener, 1, 4, look)) == ["retry: 5000\nid: 4\n\n", "a", "b", ": ping\n\n", event("bye", "{}")]
    assert not hub.is_full(1)


def test_a_stream_over_the_limit_sends_nothing_of_anybody(hub: Hub) -> None:
    def look() -> list[str]:
        raise AssertionError("nobody looks for one that was not let in")

    assert "notification" not in "".join(stream(Listener(1, 1), 0, 0, look))


def test_a_browser_that_leaves_gives_its_place_back(hub: Hub) -> None:
    text = stream(Listener(1, 1), 1, 0, list)
    next(text)
    assert hub.is_full(1)
    text.close()  # type: ignore[attr-defined]
    assert not hub.is_full(1)


def test_an_event_is_written_as_the_format_wants() -> None:
    assert event("notification", '{"a": 1}', 7) == 'id: 7\nevent: notification\ndata: {"a": 1}\n\n'
    assert event("bye", "{}") == "event: bye\ndata: {}\n\n"
