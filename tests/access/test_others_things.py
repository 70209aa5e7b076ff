"""What belongs to one person is not there for another, by whatever address it is asked for."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from nok.classroom.queries import access
from nok.core.clock import now
from nok.core.db import db
from nok.enrollments.models import Enrollment
from tests.access.door import LOGIN
from tests.access.doors import DOORS, knock, outcome
from tests.factories import papers, rows, world
from tests.factories.world import World
from tests.pages import Browser, content

REFUSALS = {LOGIN, 401, 403, 404}
# Doors to what the enrolled student has, and who has to do with it.
THEIRS = [name for name, door in DOORS.items() if door.expected("stranger") == 404]
# Words of those things that no refusal may hold.
SECRETS = (
    world.NAME,
    "Words of reading",
    "Look here.",
    "bytes of the film",
    "the right one",
    papers.WORDS,
    "Say it in plain words.",
    "Why first?",
    "%PDF",
    "M0 0h9",
    '"saved":',
)


def test_there_are_such_doors() -> None:
    assert {"GET certificates.pdf", "POST classroom.submit_attempt", "GET classroom.media"} <= set(THEIRS)


@pytest.mark.parametrize("role", ["anonymous", "stranger", "teacher", "operator"])
def test_what_the_student_has_is_refused_unread_and_unchanged(
    role: str, app: Flask, site: World, enter: Callable[[str], Browser]
) -> None:
    browser = enter(role)
    before = rows.all_rows(app)
    for name in (name for name in THEIRS if DOORS[name].expected(role) in REFUSALS):
        answer = knock(browser, name, site)
        assert outcome(answer) in REFUSALS, f"{name} answered {answer.status_code}"
        told = [secret for secret in SECRETS if secret in answer.text]
        assert not told, f"{name} tells {told}"
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_another_student_of_the_same_course_finds_only_their_own(
    app: Flask, site: World, enter: Callable[[str], Browser]
) -> None:
    other = enter("stranger")
    for course in (site.course, site.open_course):
        assert other.submit(f"/courses/{course}/enroll").status_code == 303
    before = rows.all_rows(app)
    mine = f"/learn/{site.open_course}/final-test/attempts/1"
    other.get(mine, expect=404)
    assert other.submit(mine).status_code == 404
    saved = other.send_json(f"/api/v1/attempts/{site.open_course}/final-test/1/answers", {"answers": {}})
    assert saved.status_code == 404
    other.get(f"/certificates/{site.serial}.pdf", expect=404)
    # The other's player: its session id was overheard.
    beat = other.send_json(f"/api/v1/lessons/{site.video_lesson_id}/beats", DOORS["POST classroom_api.beat"].body)
    assert beat.status_code in {403, 404, 409, 422}
    assert "covered" not in content(beat)
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_another_student_of_the_same_course_writes_a_worksheet_of_their_own(
    app: Flask, site: World, enter: Callable[[str], Browser]
) -> None:
    other = enter("stranger")
    assert other.submit(f"/courses/{site.practice}/enroll").status_code == 303
    before = rows.all_rows(app)["worksheet"]
    for lesson in ("first-worksheet", "second-worksheet"):
        page = other.get(f"/learn/{site.practice}/{lesson}").text
        assert papers.WORDS not in page
        assert "Say it in plain words." not in page
    saved = other.send_json(f"/api/v1/worksheets/{site.practice}/first-worksheet/answers",
                            {"answers": {"w-stop": "Mine."}, "saves": 0})  # fmt: skip
    assert content(saved)["saves"] == 1
    after = rows.all_rows(app)["worksheet"]
    assert all(row in after for row in before), "the other's rows are as they were"
    assert len(after) == len(before) + 1


def test_lists_show_nothing_of_others(site: World, enter: Callable[[str], Browser]) -> None:
    other = enter("stranger")
    for page in ("/certificates", "/learn", "/notifications", "/notifications/unread.json"):
        text = other.get(page).text
        assert site.serial not in text, page
        assert "Needle Safety" not in text, page


def test_the_stream_tells_nothing_of_others(site: World, enter: Callable[[str], Browser]) -> None:
    answer = enter("stranger").client.get("/events", headers={"Last-Event-ID": "0"})
    heard = next(iter(answer.response)), next(iter(answer.response))
    answer.close()
    assert not [text for text in heard if "notification" in str(text)]


@pytest.mark.parametrize("name", ["GET classroom.media", "GET classroom.captions", "GET classroom.picture"])
def test_a_copied_link_opens_nothing(
    name: str, app: Flask, site: World, enter: Callable[[str], Browser], guest: Browser
) -> None:
    student = enter("student")
    assert knock(student, name, site).status_code == 200
    assert outcome(knock(guest, name, site)) == LOGIN
    student.submit("/account/logout")
    assert outcome(knock(student, name, site)) == LOGIN


def test_when_access_ends_the_lessons_and_their_bytes_close(
    app: Flask, site: World, enter: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    student = enter("student")
    inside = ["GET classroom.media", "GET classroom.captions", "GET classroom.picture", "GET classroom.lesson"]
    assert [knock(student, name, site).status_code for name in inside] == [200] * 4
    with app.app_context():
        for enrollment in db.session.scalars(select(Enrollment)):
            enrollment.ended_at = now()
        db.session.commit()
    assert access.REMEMBER_SECONDS <= 5
    monkeypatch.setattr("nok.core.cache.time.monotonic", lambda: float("inf"))  # those seconds are over
    assert [knock(student, name, site).status_code for name in inside] == [404, 404, 404, 403]
    assert knock(student, "GET certificates.pdf", site).status_code == 200, "what was earned stays"


@pytest.mark.parametrize("name", ["../index.m3u8", "..%2f..%2fnok.sqlite3", "source.mp4", "index.m3u8.bak", "v9.m3u8"])
def test_only_what_is_made_for_the_player_leaves_the_folder(
    name: str, site: World, enter: Callable[[str], Browser]
) -> None:
    answer = enter("student").client.get(f"/learn/{site.course}/watching/media/{name}")
    assert answer.status_code == 404


def test_a_video_is_sent_in_ranges_and_never_kept_by_shared_caches(
    site: World, enter: Callable[[str], Browser]
) -> None:
    student, path = enter("student"), f"/learn/{site.course}/watching/media/v0-00001.m4s"
    part = student.client.get(path, headers={"Range": "bytes=0-4"}, buffered=True)
    assert (part.status_code, part.data) == (206, b"bytes")
    assert part.headers["Content-Range"].startswith("bytes 0-4/")
    assert part.headers["Cache-Control"] == "private, no-cache"
    assert student.client.get(path, headers={"Range": "bytes=999-"}).status_code == 416


def test_a_picture_opened_by_itself_can_do_nothing(site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    for path in (f"/learn/{site.course}/pictures/needle.svg", f"/articles/{site.article}/pictures/skin.svg"):
        answer = student.client.get(path, buffered=True)
        assert "sandbox" in answer.headers["Content-Security-Policy"], path
        assert "script-src" not in answer.headers["Content-Security-Policy"], path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path


def test_nothing_tells_which_answer_is_right_before_the_end(site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    page = student.get(f"/learn/{site.open_course}/final-test/attempts/1").text
    for word in ("Because it is", "data-right", "correct", '"right"', "answer right"):
        assert word not in page, word
    assert page.count("checked") == 0
