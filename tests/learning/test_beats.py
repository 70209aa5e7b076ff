"""Seat time at the door: beats of a player over the server's clock, and what follows when the film is seen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from nok.accounts.models import Person, SignIn
from nok.core.clock import now
from nok.core.db import db
from nok.core.outbox import OutboxMessage
from nok.core.storage import open_storage
from nok.courses.models import Lesson, LessonKind
from nok.enrollments.models import Enrollment
from nok.learning.models import WatchEntry, WatchSession
from nok.learning.service import watching
from nok.media.models import Video, VideoStatus
from tests.factories import courses, people, world
from tests.pages import Browser
from tests.web.statements import counted

FILM = world.VIDEO_MS
ONE = "00000000-0000-4000-8000-00000000000a"
TWO = "00000000-0000-4000-8000-00000000000b"


class Player:
    """A player in a browser, and the server's clock, which only moves when told."""

    def __init__(self, browser: Browser, lesson_id: int) -> None:
        self.moment = datetime(2026, 3, 1, 12, tzinfo=now().tzinfo)
        self._browser, self.path = browser, f"/api/v1/lessons/{lesson_id}/beats"
        self._seq: dict[str, int] = {}

    def beat(
        self, *played: tuple[int, int], after: float = 0, session: str = ONE, status: int = 200, **more: object
    ) -> Any:
        self.moment += timedelta(seconds=after)
        seq = self._seq.get(session, 0)
        self._seq[session] = seq + 1
        body = {"session": session, "seq": seq, "played": [list(part) for part in played], "position_ms": 1000}
        answer = self._browser.send_json(self.path, body | more)
        assert answer.status_code == status, answer.text
        return answer.json


@pytest.fixture
def player(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Player:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom")
    with app.app_context():
        people.person()
        slug = courses.published(tmp_path, video=film, texts=0, questions=0)
        world.ready(open_storage(app.extensions["nok"]), db.session.scalars(select(Video)).one())
        db.session.commit()
        lesson = db.session.scalars(select(Lesson.id).where(Lesson.kind == LessonKind.VIDEO)).one()
    browser = sign_in("learner@test.example")
    assert browser.submit(f"/courses/{slug}/enroll").status_code == 303
    found = Player(browser, lesson)
    monkeypatch.setattr(watching, "now", lambda: found.moment)
    return found


def told(app: Flask) -> list[str]:
    with app.app_context():
        return [kind for kind in db.session.scalars(select(OutboxMessage.kind)) if kind == "CourseCompleted"]


def test_a_film_watched_to_its_end_completes_the_course_once(app: Flask, player: Player) -> None:
    player.beat()
    states = [player.beat((start, start + 15_000), after=15) for start in range(0, FILM, 15_000)]
    assert [state["covered_ms"] for state in states] == [15_000, 30_000, 45_000, 60_000]
    assert [state["changed"] for state in states] == [False, False, False, True]
    assert states[-1]["complete"] is True
    player.beat((0, 15_000), after=15)
    assert told(app) == ["CourseCompleted"]


def test_the_first_beat_only_starts_the_clock(app: Flask, player: Player) -> None:
    assert player.beat((0, FILM))["covered_ms"] == 0
    assert player.beat((0, FILM), after=1)["covered_ms"] == 1500


def test_a_silence_of_more_than_a_minute_is_said_and_the_next_beat_counts_again(app: Flask, player: Player) -> None:
    player.beat()
    paused = player.beat((0, 61_000), after=61)
    assert (paused["state"], paused["covered_ms"]) == ("paused", 0)
    assert paused["message"]
    after = player.beat((1000, 11_000), after=10)
    assert (after["state"], after["covered_ms"], after["message"]) == ("counting", 10_000, "")


def test_the_newer_of_two_tabs_counts_and_the_older_is_told(player: Player) -> None:
    player.beat()
    player.beat(session=TWO)
    refused = player.beat((0, 10_000), after=10, status=409)
    assert (refused["state"], bool(refused["message"])) == ("elsewhere", True)
    assert player.beat((0, 10_000), session=TWO)["covered_ms"] == 10_000


def test_two_tabs_earn_no_more_than_one(player: Player) -> None:
    player.beat()
    player.beat((0, 10_000), after=10)
    player.beat(session=TWO)
    assert player.beat((10_000, 40_000), after=10, session=TWO)["covered_ms"] == 25_000
    assert player.beat(session=TWO)["covered_ms"] == 25_000


def test_the_ledger_keeps_what_an_auditor_needs(app: Flask, player: Player) -> None:
    player.beat()
    player.beat((0, 40_000), after=10)
    with app.app_context():
        entry = db.session.scalars(select(WatchEntry)).one()
        assert (entry.seq, entry.allowed_ms) == (1, 15_000)
        assert (entry.played, entry.accepted) == ([[0, 40_000]], [[0, 15_000]])
        assert entry.received_at == player.moment


def test_beats_in_the_wrong_order_change_nothing(app: Flask, player: Player) -> None:
    player.beat()
    player.beat((0, 10_000), after=10)
    player._seq[ONE] = 0
    assert player.beat((10_000, 20_000), after=10)["covered_ms"] == 10_000
    assert player.beat((10_000, 20_000), after=10)["covered_ms"] == 10_000
    with app.app_context():
        assert len(db.session.scalars(select(WatchEntry)).all()) == 1


def test_a_film_that_is_not_ready_counts_nothing(app: Flask, player: Player) -> None:
    with app.app_context():
        db.session.scalars(select(Video)).one().status = VideoStatus.WORKING
        db.session.commit()
    player.beat(status=422)


def test_whoever_reads_the_transcript_earns_the_same_by_the_same_clock(app: Flask, player: Player) -> None:
    player.beat(route="transcript")
    states = [player.beat((0, FILM), after=10, route="transcript") for _ in range(4)]
    assert [state["covered_ms"] for state in states] == [15_000, 30_000, 45_000, 60_000]
    assert (states[-1]["complete"], told(app)) == (True, ["CourseCompleted"])
    with app.app_context():
        assert db.session.scalars(select(WatchSession.route)).one() == "transcript"
        assert len(db.session.scalars(select(WatchEntry)).all()) == 4


def test_a_reader_and_a_film_are_two_players_of_which_one_counts(player: Player) -> None:
    player.beat(route="transcript")
    player.beat(session=TWO)
    player.beat((0, 10_000), after=10, status=409, route="transcript")
    assert player.beat((0, 10_000), session=TWO)["covered_ms"] == 10_000


@pytest.mark.parametrize("route", ["", "audio", 1, None, ["film"], {"film": 1}])
def test_an_unknown_route_is_refused(route: object, player: Player) -> None:
    assert "route" in player.beat(status=422, route=route)["message"]


def test_a_beat_asks_little_of_the_database(player: Player) -> None:
    player.beat()
    with counted() as sent:
        player.beat((0, 10_000), after=10)
    first = max(at for at, statement in enumerate(sent) if "FROM sign_in" in statement)  # before it: the token's page
    # Who is there and where they stand; a line of the ledger, and two rows changed.
    assert len(sent) - first == 4, "\n".join(sent[first:])


def signed_out(person: Person, enrollment: Enrollment) -> None:
    db.session.execute(update(SignIn).where(SignIn.person_id == person.id).values(ended_at=now()))


def signed_in_for_too_long(person: Person, enrollment: Enrollment) -> None:
    db.session.execute(update(SignIn).where(SignIn.person_id == person.id).values(expires_at=now()))


def suspended(person: Person, enrollment: Enrollment) -> None:
    person.suspended_at = now()


def left(person: Person, enrollment: Enrollment) -> None:
    enrollment.ended_at = now()


def window_closed(person: Person, enrollment: Enrollment) -> None:
    enrollment.access_until = now()


@pytest.mark.parametrize(
    ("ending", "status"),
    [(signed_out, 401), (signed_in_for_too_long, 401), (suspended, 401), (left, 404), (window_closed, 404)],
)
def test_with_the_right_to_watch_the_counting_ends_at_once(
    ending: Callable[[Person, Enrollment], None], status: int, app: Flask, player: Player
) -> None:
    player.beat()
    player.beat((0, 10_000), after=10)
    with app.app_context():
        learner = db.session.scalars(select(Person).where(Person.email == "learner@test.example")).one()
        ending(learner, db.session.scalars(select(Enrollment)).one())
        db.session.commit()
    player.beat((10_000, 20_000), after=10, status=status)
    with app.app_context():
        assert len(db.session.scalars(select(WatchEntry)).all()) == 1


def test_the_player_of_another_person_counts_for_nobody(
    app: Flask, player: Player, sign_in: Callable[[str], Browser]
) -> None:
    player.beat()
    with app.app_context():
        people.person("other@test.example")
        db.session.commit()
    browser = sign_in("other@test.example")
    body = {"session": ONE, "seq": 1, "played": [[0, 10_000]], "position_ms": 0}
    assert browser.send_json(player.path, body).status_code == 404, "they are not in the course"
    assert browser.submit("/courses/needle-safety/enroll").status_code == 303
    assert "another lesson" in browser.send_json(player.path, body).get_json()["message"]
    assert player.beat((0, 10_000), after=10)["covered_ms"] == 10_000
    with app.app_context():
        assert [entry.seq for entry in db.session.scalars(select(WatchEntry))] == [1]
