"""An account is asked for on the page and opened from the mail."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts import queries as accounts
from nok.accounts import rules, service
from nok.accounts.models import Person, Registration
from nok.accounts.service import doors
from nok.core.clock import now
from nok.core.db import db
from nok.core.mail import KeptMail, OutboxMailer
from nok.core.storage import LocalStorage
from tests.factories import people, world
from tests.factories.world import World
from tests.pages import Browser

NEW = "mei@clinic.example"
FIELDS = {"display_name": "Méi", "license_name": "Méi Lín", "password": people.PASSWORD}

RIGHT = {"password": people.PASSWORD}


@pytest.fixture
def mails(app: Flask, work: Callable[[], list[str]]) -> Callable[[], list[KeptMail]]:
    """Do the worker's work, and return the mails it sent, the newest first."""
    outbox = OutboxMailer(LocalStorage(app.extensions["nok"].data_dir / "mail"))
    before = {mail.key for mail in outbox.kept()}

    def sent() -> list[KeptMail]:
        work()
        return [mail for mail in outbox.kept() if mail.key not in before]

    return sent


def register(browser: Browser, email: str = NEW, **fields: str) -> tuple[int, str, str]:
    answer = browser.submit("/account/register", FIELDS | {"email": email} | fields)
    return answer.status_code, answer.location or "", answer.text


def link(mail: KeptMail) -> str:
    found = re.search(r"(http://\S+)(/account/confirm/\S+)", mail.text)
    assert found, mail.text
    return found.group(2)


def people_called(app: Flask, email: str) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Person).where(Person.email == email)).all())


def test_a_known_address_is_answered_as_an_unknown_one(app: Flask, site: World, guest: Browser) -> None:
    assert register(guest, NEW) == register(guest, world.STUDENT) == register(guest, world.STUDENT.upper())
    with app.app_context():
        asked = set(db.session.scalars(select(Registration.email)))
    assert NEW in asked
    assert world.STUDENT not in asked


def test_the_link_in_the_mail_opens_the_account_and_only_a_press_does(
    app: Flask, site: World, guest: Browser, mails: Callable[[], list[KeptMail]], sign_in: Callable[[str], Browser]
) -> None:
    register(guest)
    (mail,) = mails()
    assert (mail.to, mail.subject) == (NEW, "Confirm your address")
    assert people.PASSWORD not in mail.text
    guest.get(link(mail))
    assert people_called(app, NEW) == 0, "mail scanners follow links"
    assert guest.submit(link(mail), RIGHT).status_code == 303
    assert guest.submit(link(mail), RIGHT).status_code == 303, "pressed twice"
    assert people_called(app, NEW) == 1
    assert "Welcome, Méi" in (mails(), sign_in(NEW).get("/notifications").text)[1]


def test_the_owner_of_a_known_address_is_told_by_mail(
    site: World, guest: Browser, mails: Callable[[], list[KeptMail]]
) -> None:
    register(guest, world.STUDENT)
    (mail,) = mails()
    assert (mail.to, mail.subject) == (world.STUDENT, "You have an account already")
    assert "/account/confirm/" not in mail.text


def test_a_link_is_never_built_from_what_the_request_says_of_the_host(
    app: Flask, site: World, guest: Browser, mails: Callable[[], list[KeptMail]]
) -> None:
    guest.client.post(
        "/account/register",
        data=FIELDS | {"email": NEW, "csrf_token": guest.token()},
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    )
    (mail,) = mails() or [KeptMail("", "", "", None, app.extensions["nok"].base_url, "")]  # type: ignore[arg-type]
    assert "evil.example" not in mail.text
    assert app.extensions["nok"].base_url in mail.text


@pytest.mark.parametrize(
    "change",
    [lambda token: token[:-5] + token[-5:].swapcase() + "A", lambda token: token[:9], lambda token: "1" + token],
)
def test_an_altered_link_opens_nothing(change: Callable[[str], str], app: Flask, site: World, guest: Browser) -> None:
    path = f"/account/confirm/{change(site.confirmation)}"
    answer = guest.submit(path, RIGHT)
    assert answer.status_code in {404, 422}
    assert people_called(app, "new@test.example") == 0


def test_a_link_works_for_a_day(app: Flask, site: World, guest: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert service.CONFIRM_SECONDS == 24 * 3600
    monkeypatch.setattr(service, "CONFIRM_SECONDS", -1)
    answer = guest.get(f"/account/confirm/{site.confirmation}", expect=422)
    assert "older than a day" in answer.text


def test_of_two_registrations_with_one_address_the_first_link_makes_the_account(
    app: Flask, site: World, guest: Browser, mails: Callable[[], list[KeptMail]]
) -> None:
    register(guest, display_name="First")
    register(guest, display_name="Second")
    second, first = mails()
    assert guest.submit(link(first), RIGHT).status_code == 303
    assert guest.submit(link(second), RIGHT).location == "/account/login"
    assert people_called(app, NEW) == 1


def test_a_link_that_was_used_signs_nobody_in_again(
    app: Flask, site: World, guest: Browser, mails: Callable[[], list[KeptMail]]
) -> None:
    """Not even who has the address today: its password may be another by now, and its owner, too."""
    register(guest)
    (mail,) = mails()
    guest.submit(link(mail), RIGHT)
    with app.app_context():
        accounts.person_by_email(NEW).email = "elsewhere@clinic.example"  # type: ignore[union-attr]
        db.session.commit()
        people.person(NEW)
    stranger = Browser(app.test_client())
    assert stranger.submit(link(mail), RIGHT).location == "/account/login"
    assert stranger.client.get("/learn").status_code == 303, "not signed in"


def test_the_link_alone_opens_no_account_that_someone_else_asked_for(
    app: Flask, site: World, guest: Browser, mails: Callable[[], list[KeptMail]]
) -> None:
    """Whoever asks with another's address knows the password; whoever reads the mail must know it, too."""
    register(guest)
    (mail,) = mails()
    for wrong in ({}, {"password": "another password"}):
        assert guest.submit(link(mail), wrong).status_code == 422
    assert people_called(app, NEW) == 0
    assert [guest.submit(link(mail), {"password": f"wrong wrong {number}"}).status_code for number in range(9)][
        -1
    ] == 429
    assert guest.submit(link(mail), RIGHT).status_code == 429
    assert people_called(app, NEW) == 0


def test_an_address_is_not_flooded_with_mail_and_the_page_tells_nothing_of_it(
    site: World, guest: Browser, mails: Callable[[], list[KeptMail]], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = now()
    monkeypatch.setattr(doors, "now", lambda: moment)  # a busy machine may outlast the short waits
    answers = {register(guest) for _ in range(8)}
    assert len(answers) == 1
    assert 1 <= len(mails()) <= 4


def test_one_computer_that_asks_for_many_accounts_is_slowed(
    site: World, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(rules.FREE, "network", 3)
    found = [register(guest, f"p{number}@clinic.example")[0] for number in range(8)]
    assert found[:3] == [303] * 3
    assert 429 in found[3:]


@pytest.mark.parametrize(
    ("told", "kept"),
    [("Asia/Taipei", "Asia/Taipei"), ("Mars/Olympus", "UTC"), ("localtime", "UTC"), ("", "UTC"), (None, "UTC")],
)
def test_a_new_account_lives_in_the_time_zone_of_its_browser(
    told: str | None, kept: str, app: Flask, site: World, guest: Browser
) -> None:
    more = {} if told is None else {"time_zone": told}
    assert guest.submit(f"/account/confirm/{site.confirmation}", RIGHT | more).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Person).order_by(Person.id.desc())).first().time_zone == kept  # type: ignore[union-attr]
