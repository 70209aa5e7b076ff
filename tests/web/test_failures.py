"""When something breaks inside, people get a page in our words, and programs get JSON."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from nok.accounts import queries as accounts
from nok.courses import queries as courses
from tests.factories.world import World
from tests.pages import Browser, content


def away(*_: object, **__: object) -> None:
    raise OperationalError("SELECT secret", {}, Exception("connection refused at db.internal"))


def broken(*_: object, **__: object) -> None:
    raise ZeroDivisionError("secret")


@pytest.fixture(autouse=True)
def as_in_life(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Errors become answers, as under a real server."""
    monkeypatch.setitem(app.config, "TESTING", False)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)


def check(browser: Browser, path: str, failure: Callable[..., None]) -> None:
    """A part that is away is worth another try soon; a fault of ours is not."""
    status, words = (503, "One moment, please") if failure is away else (500, "That was our fault")
    answer = browser.get(path, expect=status)
    assert words in answer.text
    assert ("Retry-After" in answer.headers) is (status == 503)
    for inside in ("secret", "db.internal", "Traceback", "OperationalError", "nok/"):
        assert inside not in answer.text, inside
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Request-ID"]


@pytest.mark.parametrize("failure", [away, broken])
@pytest.mark.parametrize("role", ["anonymous", "student"])
def test_a_page_that_fails_says_so_in_our_words(
    role: str,
    failure: Callable[..., None],
    site: World,
    enter: Callable[[str], Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = enter(role)
    monkeypatch.setattr(courses, "shelf", failure)
    check(browser, "/courses", failure)
    monkeypatch.undo()
    browser.get("/courses")


def test_with_the_database_away_the_error_page_comes_up_all_the_same(
    site: World, enter: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    student = enter("student")
    monkeypatch.setattr(accounts, "live_sign_in", away)
    check(student, "/courses", away)
    assert "There is nothing here" in student.get("/no-such-page", expect=404).text
    assert student.client.get("/healthz").status_code == 200, "the process itself is up"


def test_programs_get_json(site: World, enter: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch) -> None:
    student = enter("student")
    monkeypatch.setattr("nok.notifications.queries.older", away)
    answer = student.get("/notifications/unread.json", expect=503)
    assert set(content(answer)) == {"error", "message"}
    assert "secret" not in answer.text


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/account/logout", 405), ("/courses?page=0", 404)])
def test_what_cannot_be_done_is_said_with_a_way_out(path: str, status: int, site: World, guest: Browser) -> None:
    answer = guest.get(path, expect=status)
    assert f"Error {status}" in answer.text
    assert 'href="/"' in answer.text
    if status == 405:
        assert "POST" in answer.headers["Allow"]


def test_readiness_names_the_part_that_is_down_and_tells_no_addresses(
    site: World, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nok.web.health.db.session.execute", away)
    answer = guest.get("/readyz", expect=503)
    assert content(answer)["parts"]["database"] == "down (OperationalError)"
    assert content(answer)["parts"]["storage"] == "up"
    assert "db.internal" not in answer.text


def ways(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<a class="btn[^"]*" href="([^"]*)">([^<]+)</a>', page.split('class="error-page"')[1])


def test_each_error_page_says_where_to_go(site: World, enter: Callable[[str], Browser]) -> None:
    guest, student = enter("anonymous"), enter("student")
    missing = guest.get("/courses/no-such-course", expect=404).text
    assert 'role="search"' in missing
    assert [address for address, _text in ways(missing)] == ["/courses", "/articles", "/"]
    assert ("/learn", "Go to My learning") in ways(student.get("/no-such-page", expect=404).text)
    assert [address for address, _text in ways(student.get("/admin", expect=403).text)] == ["/learn", "/"]


def test_a_page_that_failed_may_be_tried_again_and_has_a_number(
    site: World, enter: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = enter("anonymous")
    monkeypatch.setattr(courses, "shelf", broken)
    answer = browser.get("/courses?q=moxa&sort=title", expect=500)
    assert ways(answer.text)[0] == ("/courses?q=moxa&amp;sort=title", "Try again")
    assert answer.headers["X-Request-ID"] in answer.text, "the number by which the log tells what happened"
