"""Every byte of a course, one by one: for the enrolled, and for nobody else."""

from collections.abc import Callable

import pytest
from flask import Flask

from nok.classroom.queries import access
from tests.classroom.conftest import BYTES, OTHER, SECRETS, end
from tests.pages import Browser


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("path", BYTES)
def test_the_enrolled_get_it(path: str, closed: str, learner: Callable[[str], Browser]) -> None:
    answer = learner(closed).client.get(path.format(course=closed), buffered=True)
    assert answer.status_code == 200
    assert told(answer.text)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", BYTES)
def test_a_guest_is_asked_to_sign_in(path: str, closed: str, guest: Browser) -> None:
    answer = guest.client.get(path.format(course=closed))
    assert answer.status_code == 303
    assert answer.location.startswith("/account/login?next=")
    assert not told(answer.text)


@pytest.mark.parametrize("path", BYTES)
def test_another_student_finds_nothing(
    path: str, closed: str, learner: Callable[[str], Browser], sign_in: Callable[[str], Browser]
) -> None:
    assert learner(closed).client.get(path.format(course=closed)).status_code == 200
    answer = sign_in(OTHER).client.get(path.format(course=closed))
    assert answer.status_code == 404
    assert not told(answer.text)


@pytest.mark.parametrize("how", ["left", "removed", "refunded", "over"])
@pytest.mark.parametrize("path", BYTES)
def test_after_the_end_it_is_closed_at_once_where_nothing_is_remembered_and_within_seconds_elsewhere(
    path: str,
    how: str,
    app: Flask,
    closed: str,
    learner: Callable[[str], Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser, address = learner(closed), path.format(course=closed)
    assert browser.client.get(address).status_code == 200
    end(app, how)
    assert access.REMEMBER_SECONDS <= 5
    monkeypatch.setattr("nok.core.cache.time.monotonic", lambda: float("inf"))  # those seconds are over
    answer = browser.client.get(address)
    assert answer.status_code == 404
    assert not told(answer.text)


@pytest.mark.parametrize("how", ["left", "removed", "refunded", "over"])
def test_after_the_end_no_page_and_no_beat_goes_through(
    how: str, app: Flask, closed: str, learner: Callable[[str], Browser]
) -> None:
    browser = learner(closed)
    page = browser.get(f"/learn/{closed}/watching").text
    beats = page.split('data-beats-url="')[1].split('"')[0]
    end(app, how)
    for lesson in ("", "/watching", "/reading-1", "/handout", "/watching/transcript", "/final-test"):
        answer = browser.get(f"/learn/{closed}{lesson}", expect=403)
        assert not told(answer.text)
    beat = {"session": "00000000-0000-4000-8000-00000000000a", "seq": 0, "played": [], "position_ms": 0}
    assert browser.send_json(beats, beat).status_code == 404
    assert browser.submit(f"/learn/{closed}/reading-1/complete").status_code == 403
    assert browser.submit(f"/learn/{closed}/final-test/attempts").status_code == 403


def test_a_file_is_sent_as_pdf_in_ranges_and_in_a_sandbox(closed: str, learner: Callable[[str], Browser]) -> None:
    client, path = learner(closed).client, f"/learn/{closed}/handout/file.pdf"
    shown = client.get(path)
    assert (shown.mimetype, shown.headers["Content-Disposition"]) == ("application/pdf", "inline; filename=handout.pdf")
    policy = shown.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox" in policy
    assert "allow-same-origin" not in policy
    part = client.get(path, headers={"Range": "bytes=0-4"}, buffered=True)
    assert (part.status_code, part.data) == (206, b"%PDF-")
    assert client.get(path, headers={"Range": "bytes=999999-"}).status_code == 416
    assert client.get(path, headers={"If-None-Match": shown.headers["ETag"]}).status_code == 304
    kept = client.get(f"{path}?download=1")
    assert kept.headers["Content-Disposition"] == "attachment; filename=handout.pdf"


def test_only_the_page_of_a_file_may_hold_a_frame(closed: str, learner: Callable[[str], Browser]) -> None:
    browser = learner(closed)
    page = browser.get(f"/learn/{closed}/handout")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert f'src="/learn/{closed}/handout/file.pdf' in page.text
    assert "frame-src" not in browser.get(f"/learn/{closed}/reading-1").headers["Content-Security-Policy"]


def test_a_file_lesson_is_done_when_the_learner_says_so(closed: str, learner: Callable[[str], Browser]) -> None:
    browser = learner(closed)
    assert browser.submit(f"/learn/{closed}/handout/complete").status_code == 303
    assert "Mark as complete" not in browser.get(f"/learn/{closed}/handout").text
    for other in ("watching", "final-test"):
        assert browser.submit(f"/learn/{closed}/{other}/complete").status_code == 422


@pytest.mark.parametrize("lesson", ["watching", "reading-1", "final-test", "nothing"])
def test_a_lesson_without_a_file_has_none(lesson: str, closed: str, learner: Callable[[str], Browser]) -> None:
    learner(closed).get(f"/learn/{closed}/{lesson}/file.pdf", expect=404)
