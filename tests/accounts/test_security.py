"""Changing the password and the address, and seeing where one is signed in."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import AddressChange, Person, SignIn
from nok.accounts.service import credentials
from nok.core.db import db
from nok.core.mail import KeptMail
from tests.accounts.conftest import EMAIL
from tests.factories import people, rows
from tests.pages import Browser

NEW = "five slow needles"
MOVED = "mei@new-clinic.example"
PASSWORD = "/account/security/password"
ADDRESS = "/account/security/address"
ASK = {"new_email": MOVED, "current_password": people.PASSWORD}
Mails = Callable[[], list[KeptMail]]
Link = Callable[[KeptMail], str]


def email_of(app: Flask, person_id: int) -> str:
    with app.app_context():
        return db.session.scalars(select(Person.email).where(Person.id == person_id)).one()


def test_a_new_password_needs_the_present_one(app: Flask, mei: Browser) -> None:
    with app.app_context():
        before = db.session.scalars(select(Person.password_hash)).one()
    answer = mei.submit(PASSWORD, {"current_password": "wrong wrong", "new_password": NEW})
    assert answer.status_code == 422
    assert 'id="current_password-error"' in answer.text
    assert NEW not in answer.text
    with app.app_context():
        assert db.session.scalars(select(Person.password_hash)).one() == before


def test_another_password_ends_every_other_sign_in_and_the_owner_is_told(
    app: Flask, mei: Browser, sign_in: Callable[[str], Browser], mails: Mails
) -> None:
    other, copied = sign_in(EMAIL), mei.client.get_cookie("nok")
    assert copied is not None
    answer = mei.submit(PASSWORD, {"current_password": people.PASSWORD, "new_password": NEW})
    assert (answer.status_code, answer.location) == (303, "/account/security")
    mei.get("/account/security")
    other.get("/account/security", expect=303)
    thief = app.test_client()
    thief.set_cookie("nok", copied.value)
    assert thief.get("/account/security").status_code == 303, "the cookie of before opens nothing, in no browser"
    assert [(mail.to, mail.subject) for mail in mails()] == [(EMAIL, "Your password was changed")]
    assert mei.submit("/account/login", {"email": EMAIL, "password": NEW}).status_code == 303


def test_a_new_address_counts_when_its_link_is_followed_and_pressed(
    app: Flask, mei: Browser, person_id: int, mails: Mails, link: Link, audited: Callable[[str], list[int | None]]
) -> None:
    assert mei.submit(ADDRESS, ASK).status_code == 303
    sent = {mail.to: mail for mail in mails()}
    assert set(sent) == {EMAIL, MOVED}
    assert MOVED in sent[EMAIL].text
    assert "/account/security/address/" not in sent[EMAIL].text, "only who reads the new address has the link"
    path = link(sent[MOVED])
    mei.get(path)
    assert email_of(app, person_id) == EMAIL, "mail scanners follow links"
    assert mei.submit(path).status_code == 303
    assert mei.submit(path).status_code == 303, "pressed twice"
    assert email_of(app, person_id) == MOVED
    assert [(mail.to, mail.subject) for mail in mails()] == [(EMAIL, "Your address was changed")]
    assert audited("person.address") == [person_id]
    assert mei.submit("/account/login", {"email": MOVED, "password": people.PASSWORD}).status_code == 303


def test_a_new_address_needs_the_password(app: Flask, mei: Browser) -> None:
    before = rows.all_rows(app)
    answer = mei.submit(ADDRESS, ASK | {"current_password": "wrong wrong"})
    assert answer.status_code == 422
    assert f'value="{MOVED}"' in answer.text, "what was typed stays"
    assert set(rows.changed(before, rows.all_rows(app))) == {"tries"}


def test_the_own_address_is_no_new_one(mei: Browser) -> None:
    assert mei.submit(ADDRESS, ASK | {"new_email": EMAIL.upper()}).status_code == 422


def test_the_link_needs_the_sign_in_of_who_asked(
    app: Flask,
    mei: Browser,
    guest: Browser,
    person_id: int,
    sign_in: Callable[[str], Browser],
    mails: Mails,
    link: Link,
) -> None:
    """Whoever gets the mail by a mistyped address must not get the account."""
    with app.app_context():
        people.person("other@clinic.example")
    mei.submit(ADDRESS, ASK)
    path = link(next(mail for mail in mails() if mail.to == MOVED))
    assert guest.submit(path).location.startswith("/account/login")
    other = sign_in("other@clinic.example")
    other.get(path, expect=403)
    assert other.submit(path).status_code == 403
    assert email_of(app, person_id) == EMAIL


def test_an_address_with_an_account_is_answered_alike_and_stays_where_it_is(
    app: Flask, mei: Browser, person_id: int, mails: Mails, link: Link
) -> None:
    with app.app_context():
        people.person(MOVED)
    assert mei.submit(ADDRESS, ASK).status_code == 303
    path = link(next(mail for mail in mails() if mail.to == MOVED))
    answer = mei.submit(path)
    assert answer.status_code == 422
    assert "has an account already" in answer.text
    assert email_of(app, person_id) == EMAIL
    with app.app_context():
        assert db.session.scalars(select(AddressChange.confirmed_at)).one() is None


def test_an_older_link_dies_with_a_newer_one(mei: Browser, mails: Mails, link: Link) -> None:
    links = []
    for email in (MOVED, "mei@third.example"):
        mei.submit(ADDRESS, ASK | {"new_email": email})
        links.append(link(next(mail for mail in mails() if mail.to == email)))
    mei.get(links[0], expect=422)
    assert mei.submit(links[0]).status_code == 422
    assert mei.submit(links[1]).status_code == 303


def test_the_link_dies_with_another_password_and_after_a_day(
    app: Flask, mei: Browser, person_id: int, mails: Mails, link: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    mei.submit(ADDRESS, ASK)
    path = link(next(mail for mail in mails() if mail.to == MOVED))
    assert credentials.ADDRESS_SECONDS == 24 * 3600
    with monkeypatch.context() as later:
        later.setattr(credentials, "ADDRESS_SECONDS", -1)
        assert mei.submit(path).status_code == 422
    mei.submit(PASSWORD, {"current_password": people.PASSWORD, "new_password": NEW})
    assert mei.submit(path).status_code == 422
    assert email_of(app, person_id) == EMAIL


def test_an_address_change_kills_the_reset_links_of_before(mei: Browser, mails: Mails, link: Link) -> None:
    mei.submit("/account/forgot", {"email": EMAIL})
    reset = link(mails()[0])
    mei.submit(ADDRESS, ASK)
    mei.submit(link(next(mail for mail in mails() if mail.to == MOVED)))
    mei.get(reset, expect=422)


def test_an_address_is_not_flooded_with_links(mei: Browser, mails: Mails) -> None:
    found = [mei.submit(ADDRESS, ASK).status_code for _ in range(5)]
    assert found[0] == 303
    assert found[-1] == 429
    assert len([mail for mail in mails() if mail.to == MOVED]) <= 4


def test_the_list_names_each_browser_and_ends_one(app: Flask, mei: Browser, person_id: int) -> None:
    phone = Browser(app.test_client())
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"
    fields = {"email": EMAIL, "password": people.PASSWORD, "csrf_token": phone.token()}
    phone.client.post("/account/login", data=fields, headers={"User-Agent": agent})
    page = mei.get("/account/security").text
    assert "Safari on iPhone" in page
    ends = re.findall(r"/account/security/sign-ins/\d+/end", page)
    assert len(ends) == 1, "this browser has no button of its own"
    assert mei.submit(ends[0]).status_code == 303
    phone.get("/account/security", expect=303)
    assert "Safari on iPhone" not in mei.get("/account/security").text
    assert mei.submit(ends[0]).status_code == 404, "it is over"


def test_nobody_ends_a_sign_in_of_another(app: Flask, mei: Browser, sign_in: Callable[[str], Browser]) -> None:
    with app.app_context():
        people.person("other@clinic.example")
        theirs = db.session.scalars(select(SignIn.id)).all()
    other = sign_in("other@clinic.example")
    for sign_in_id in (*theirs, 999_999_999):
        assert other.submit(f"/account/security/sign-ins/{sign_in_id}/end").status_code == 404
    mei.get("/account/security")


def test_signing_out_everywhere_ends_this_browser_too(mei: Browser, sign_in: Callable[[str], Browser]) -> None:
    other = sign_in(EMAIL)
    answer = mei.submit("/account/security/sign-out-everywhere")
    assert (answer.status_code, answer.location) == (303, "/account/login")
    for browser in (mei, other):
        browser.get("/account/security", expect=303)
