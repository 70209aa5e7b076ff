"""A forgotten password: the link in the mail sets another one, once, and only while nothing has changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from nok.accounts.models import Person, Tries
from nok.accounts.service import credentials
from nok.core.clock import now
from nok.core.db import db
from nok.core.mail import KeptMail
from tests.accounts.conftest import EMAIL
from tests.factories import people, rows
from tests.pages import Browser
from tests.web.statements import counted

NEW = "five slow needles"
Mails = Callable[[], list[KeptMail]]
Link = Callable[[KeptMail], str]


@pytest.fixture
def reset(person_id: int, guest: Browser, mails: Mails, link: Link) -> str:
    """The path of a link that was asked for."""
    assert guest.submit("/account/forgot", {"email": EMAIL}).status_code == 303
    (mail,) = mails()
    assert (mail.to, mail.subject) == (EMAIL, "Choose a new password")
    return link(mail)


def signs_in(browser: Browser, password: str) -> bool:
    return browser.submit("/account/login", {"email": EMAIL, "password": password}).status_code == 303


def test_the_link_sets_another_password_and_the_owner_is_told(reset: str, guest: Browser, mails: Mails) -> None:
    guest.get(reset)
    answer = guest.submit(reset, {"password": NEW})
    assert (answer.status_code, answer.location) == (303, "/account/login")
    assert "Your new password is set" in guest.get("/account/login").text
    (told,) = mails()
    assert (told.to, told.subject) == (EMAIL, "Your password was changed")
    assert NEW not in told.text
    assert not signs_in(guest, people.PASSWORD)
    assert signs_in(guest, NEW)


def test_setting_a_password_ends_every_sign_in(reset: str, guest: Browser, sign_in: Callable[[str], Browser]) -> None:
    phone, clinic = sign_in(EMAIL), sign_in(EMAIL)
    guest.submit(reset, {"password": NEW})
    for browser in (phone, clinic):
        browser.get("/account/profile", expect=303)


def test_a_link_works_once(app: Flask, reset: str, guest: Browser) -> None:
    guest.submit(reset, {"password": NEW})
    answer = guest.get(reset, expect=422)
    assert "Ask for a new link" in answer.text
    assert guest.submit(reset, {"password": "another new password"}).status_code == 422
    assert signs_in(guest, NEW)


def test_of_two_links_the_second_dies_with_the_first(person_id: int, guest: Browser, mails: Mails, link: Link) -> None:
    for _ in range(2):
        guest.submit("/account/forgot", {"email": EMAIL})
    first, second = (link(mail) for mail in mails())
    assert guest.submit(second, {"password": NEW}).status_code == 303
    assert guest.submit(first, {"password": people.PASSWORD}).status_code == 422
    assert signs_in(guest, NEW)


def test_a_link_works_for_an_hour(reset: str, guest: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert credentials.RESET_SECONDS == 3600
    monkeypatch.setattr(credentials, "RESET_SECONDS", -1)
    guest.get(reset, expect=422)
    assert guest.submit(reset, {"password": NEW}).status_code == 422
    assert signs_in(guest, people.PASSWORD)


@pytest.mark.parametrize(
    "change", [{"email": "other@clinic.example"}, {"password_hash": "another"}, {"suspended_at": now()}]
)
def test_a_link_dies_when_the_account_is_another(
    change: dict[str, object], app: Flask, reset: str, guest: Browser
) -> None:
    with app.app_context():
        db.session.execute(update(Person).where(Person.email == EMAIL).values(**change))
        db.session.commit()
    before = rows.all_rows(app)
    guest.get(reset, expect=422)
    assert guest.submit(reset, {"password": NEW}).status_code == 422
    assert set(rows.changed(before, rows.all_rows(app))) == {"tries"}


def test_a_link_for_something_else_sets_no_password(app: Flask, person_id: int, guest: Browser) -> None:
    from nok.core import tokens

    for purpose, value in (("register", person_id), ("address", [person_id, "x"]), ("reset", [person_id, "x"])):
        token = tokens.sign(str(app.secret_key), purpose, value)
        assert guest.submit(f"/account/reset/{token}", {"password": NEW}).status_code == 422
    assert guest.submit(f"/account/reset/{'x' * 150}", {"password": NEW}).status_code == 422
    assert signs_in(guest, people.PASSWORD)


def test_a_weak_password_is_refused_and_the_link_still_works(reset: str, guest: Browser) -> None:
    for weak in ("short", "password123", EMAIL, ""):
        answer = guest.submit(reset, {"password": weak})
        assert answer.status_code == 422
        assert 'id="password-error"' in answer.text
    assert guest.submit(reset, {"password": NEW}).status_code == 303


def test_the_link_is_never_built_from_what_the_request_says_of_the_host(
    app: Flask, person_id: int, guest: Browser, mails: Mails
) -> None:
    guest.client.post(
        "/account/forgot",
        data={"email": EMAIL, "csrf_token": guest.token()},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    found = mails()
    assert "evil.example" not in "".join(mail.text for mail in found)
    guest.submit("/account/forgot", {"email": EMAIL})
    assert app.extensions["nok"].base_url in mails()[-1].text


def test_known_unknown_and_suspended_addresses_are_answered_alike_and_cost_the_same(
    app: Flask, person_id: int, guest: Browser, mails: Mails
) -> None:
    with app.app_context():
        shut = people.person("shut@clinic.example")
        shut.suspended_at = now()
        db.session.commit()
    answers, costs = [], []
    token = guest.token()
    for email in ("first@clinic.example", EMAIL, "nobody@clinic.example", "shut@clinic.example"):
        with counted() as sent:
            answer = guest.client.post("/account/forgot", data={"email": email, "csrf_token": token})
        answers.append((answer.status_code, answer.location, answer.text))
        costs.append([statement.partition(" (")[0] for statement in sent])
    assert len(set(answers)) == 1
    assert costs[1] == costs[2] == costs[3], "the first also opens the computer's own door"
    assert [mail.to for mail in mails()] == [EMAIL]


def test_an_address_is_not_flooded_with_mail_and_the_page_tells_nothing_of_it(
    person_id: int, guest: Browser, mails: Mails
) -> None:
    answers = {guest.submit("/account/forgot", {"email": EMAIL}).location for _ in range(8)}
    assert answers == {"/account/forgot/sent"}
    assert 1 <= len(mails()) <= 4


def test_nobody_can_keep_the_door_of_another_shut(app: Flask, person_id: int, guest: Browser, mails: Mails) -> None:
    for _ in range(8):
        guest.submit("/account/forgot", {"email": EMAIL})
    mails()
    with app.app_context():
        db.session.execute(update(Tries).values(last_at=now() - timedelta(seconds=10)))
        db.session.commit()
    guest.submit("/account/forgot", {"email": EMAIL})
    assert len(mails()) == 1, "what was asked for while the door was shut has not lengthened the wait"
