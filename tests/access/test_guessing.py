"""Guessing passwords is slow, and nobody learns who has an account."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from nok.accounts import rules
from nok.accounts.models import Tries
from nok.core.clock import now
from nok.core.db import db
from tests.factories import people, world
from tests.factories.world import World
from tests.pages import Browser, Page

FREE = rules.FREE["pair"]


def attempt(
    browser: Browser, email: str, password: str = "wrong wrong", token: str = "", **options: object
) -> TestResponse:
    fields = {"csrf_token": token or browser.token(), "email": email, "password": password}
    return browser.client.post("/account/login", data=fields, **options)


def words(answer: TestResponse) -> list[str]:
    """Return what the page shows, without what was typed and what is random."""
    return [title for title in Page(answer.text).titles if title] + [
        line.strip() for line in answer.text.splitlines() if "error" in line or "Error" in line
    ]


def test_wrong_tries_are_slowed_and_the_answer_says_how_long(site: World, guest: Browser) -> None:
    token = guest.token()
    assert [attempt(guest, world.STUDENT, token=token).status_code for _ in range(FREE)] == [422] * FREE
    shut = attempt(guest, world.STUDENT, token=token)
    assert shut.status_code == 429
    assert "Wait " in shut.text
    assert f'value="{world.STUDENT}"' in shut.text, "what was typed is there still"
    right = attempt(guest, world.STUDENT, people.PASSWORD, token=token)
    assert right.status_code == 429, "while the door is shut the right password is not tried either"


def test_a_hundred_tries_get_no_further_than_the_rules_allow(app: Flask, site: World, guest: Browser) -> None:
    token = guest.token()
    answers = [attempt(guest, world.STUDENT, f"guess {number}", token).status_code for number in range(100)]
    assert answers.count(422) <= FREE + 5, "waiting doubles: in a few seconds hardly any more come through"
    assert set(answers) == {422, 429}


HEADERS = ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "CF-Connecting-IP"]
DOORS: dict[str, dict[str, str]] = {
    "/account/forgot": {"email": "{number}@test.example"},
    "/account/reset/{number}": {"password": "five slow needles"},
    "/account/security/password": {"current_password": "guess {number}", "new_password": "five slow needles"},
    "/account/security/address": {"new_email": "new@test.example", "current_password": "guess {number}"},
}


@pytest.mark.parametrize("header", ["", *HEADERS])
@pytest.mark.parametrize("path", DOORS)
def test_every_other_door_is_slowed_whatever_the_headers_say(
    path: str, header: str, site: World, enter: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rules.FREE, "network", FREE)
    student = enter("student")
    token, found = student.token(), []
    for number in range(FREE + 4):
        fields = {name: value.format(number=number) for name, value in DOORS[path].items()}
        headers = {header: f"203.0.113.{number}"} if header else {}
        address = path.format(number=number)
        answer = student.client.post(address, data=fields | {"csrf_token": token}, headers=headers)
        found.append(answer.status_code)
    assert 429 not in found[:FREE]
    assert 429 in found[FREE:], "at the latest after a wait that is longer than this computer is slow"


def test_where_the_password_is_asked_for_again_guesses_count_in_every_browser(
    site: World, enter: Callable[[str], Browser]
) -> None:
    wrong = {"current_password": "wrong wrong", "new_password": "five slow needles"}
    for _ in range(FREE):
        assert enter("student").submit("/account/security/password", wrong).status_code == 422
    right = wrong | {"current_password": people.PASSWORD}
    answer = enter("student").submit("/account/security/password", right)
    assert (answer.status_code, "Wait " in answer.text) == (429, True)
    assert enter("stranger").submit("/account/security/password", wrong).status_code == 422, "others go on"


def test_a_teacher_corrects_a_typing_error_and_works_off_no_list(
    app: Flask, site: World, enter: Callable[[str], Browser]
) -> None:
    people_page = f"/studio/courses/{site.course}/people"

    def tried(role: str, address: str) -> TestResponse:
        return enter(role).submit(people_page, {"email": address})

    assert tried("teacher", world.STRANGER).status_code == 303
    for number in range(FREE):
        answer = tried("teacher", f"guess-{number}@test.example")
        assert (answer.status_code, "Nobody has an account" in answer.text) == (422, True)
    for address in ("guess@test.example", world.STRANGER):
        shut = tried("teacher", address)
        assert (shut.status_code, "Wait " in shut.text) == (429, True), "nobody learns anything until then"
        assert f'value="{address}"' in shut.text
    assert tried("operator", "guess@test.example").status_code == 422, "others go on"
    with app.app_context():
        for row in db.session.scalars(select(Tries)):
            row.last_at = now().replace(year=2020)
        db.session.commit()
    assert tried("teacher", world.STRANGER).status_code == 303


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_does_not_make_another_computer(header: str, site: World, guest: Browser) -> None:
    token = guest.token()
    found = [
        attempt(guest, world.STUDENT, token=token, headers={header: f"203.0.113.{number}"}).status_code
        for number in range(FREE + 1)
    ]
    assert found == [422] * FREE + [429]


def test_many_addresses_from_one_computer_are_slowed(
    site: World, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rules.FREE, "network", 4)
    token = guest.token()
    found = [attempt(guest, f"p{number}@test.example", token=token).status_code for number in range(6)]
    assert found == [422] * 4 + [429] * 2


def test_after_waiting_the_door_opens(app: Flask, site: World, guest: Browser) -> None:
    token = guest.token()
    for _ in range(FREE + 1):
        attempt(guest, world.STUDENT, token=token)
    with app.app_context():
        for row in db.session.scalars(select(Tries)):
            row.last_at = now().replace(year=2020)
        db.session.commit()
    assert attempt(guest, world.STUDENT, people.PASSWORD, token).status_code == 303


def test_known_and_unknown_addresses_are_answered_alike(app: Flask, site: World) -> None:
    known, unknown = Browser(app.test_client()), Browser(app.test_client())
    one, two = attempt(known, world.STUDENT), attempt(unknown, "nobody@test.example")
    assert (one.status_code, words(one)) == (two.status_code, words(two))
    assert len(one.text.replace(world.STUDENT, "")) == len(two.text.replace("nobody@test.example", ""))


def test_an_unknown_address_costs_a_hash_as_well(
    app: Flask, site: World, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nok.accounts.service import passwords

    checked: list[str] = []
    verify = passwords.verify

    def noted(hashed: str, password: str) -> bool:
        checked.append(hashed)
        return verify(hashed, password)

    monkeypatch.setattr(passwords, "verify", noted)
    for email in (world.STUDENT, "nobody@test.example"):
        attempt(guest, email)
    assert [found.partition("$v=")[0] for found in checked] == ["$argon2id"] * 2


def test_the_address_counts_in_any_case_and_spacing(site: World, guest: Browser) -> None:
    assert attempt(guest, f"  {world.STUDENT.upper()} ", people.PASSWORD).status_code == 303


def test_a_search_of_serials_finds_nothing_and_says_so_alike(
    site: World, guest: Browser, enter: Callable[[str], Browser]
) -> None:
    altered = site.serial[:-1] + ("0" if site.serial[-1] != "0" else "1")
    pages = [guest.get(f"/verify/{serial}", expect=404).text for serial in (altered, "NK-0000-0000-0000-0000-0", "x")]
    assert all("not valid" in page.lower() for page in pages)
    assert all(world.NAME not in page for page in pages)
