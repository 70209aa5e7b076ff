"""The license name and who confirmed it, the language, and suspension."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts import service
from nok.accounts.models import Person, Role
from nok.core.db import db
from nok.core.errors import Invalid
from nok.core.outbox import OutboxMessage
from tests.accounts.conftest import EMAIL, NAME
from tests.factories import people
from tests.pages import Browser

PROFILE = {"display_name": "Mei", "license_name": NAME, "time_zone": "UTC", "language": ""}
TICKED = {"name_is_right": "y"}
CORRECTED = "Lín Méi 林美"


@pytest.fixture
def standing(app: Flask) -> Callable[[], tuple[str, bool, int]]:
    """Return Mei's license name, whether it is confirmed, and how often that was told."""

    def found() -> tuple[str, bool, int]:
        with app.app_context():
            mei = db.session.scalars(select(Person).where(Person.email == EMAIL)).one()
            told = select(OutboxMessage.payload).where(OutboxMessage.kind == "LicenseNameConfirmed")
            payloads = db.session.scalars(told).all()
            assert all(payload == {"person_id": mei.id} for payload in payloads)
            return mei.license_name, mei.license_name_confirmed_at is not None, len(payloads)

    return found


Standing = Callable[[], tuple[str, bool, int]]


def test_the_page_shows_the_name_and_confirms_it_as_it_is(mei: Browser, standing: Standing) -> None:
    assert standing() == (NAME, False, 0)
    assert NAME in mei.get("/account/license-name").text
    answer = mei.submit("/account/license-name", {"license_name": NAME})
    assert (answer.status_code, answer.location) == (303, "/certificates")
    assert standing() == (NAME, True, 1)
    mei.submit("/account/license-name", {"license_name": NAME})
    assert standing() == (NAME, True, 1), "confirmed twice is told once"
    assert "Confirmed" in mei.get("/account/license-name").text


def test_a_teachers_name_must_be_one_that_certificates_can_show(
    app: Flask, mei: Browser, sign_in: Callable[[str], Browser]
) -> None:
    leafy = PROFILE | {"display_name": "Mei 🌿"}
    assert mei.submit("/account/profile", leafy).status_code == 303, "nobody reads a learner's on a certificate"
    with app.app_context():
        people.person("teacher@clinic.example", Role.TEACHER)
    answer = sign_in("teacher@clinic.example").submit("/account/profile", leafy)
    assert answer.status_code == 422
    assert "cannot show these characters yet: 🌿" in answer.text


def test_the_page_takes_a_correction_as_confirmed(mei: Browser, standing: Standing) -> None:
    mei.submit("/account/license-name", {"license_name": CORRECTED})
    assert standing() == (CORRECTED, True, 1)


def test_a_name_changed_in_the_profile_waits_to_be_confirmed(mei: Browser, standing: Standing) -> None:
    mei.submit("/account/license-name", {"license_name": NAME})
    mei.submit("/account/profile", PROFILE)
    assert standing() == (NAME, True, 1), "the same name stays confirmed"
    mei.submit("/account/profile", PROFILE | {"license_name": CORRECTED})
    assert standing() == (CORRECTED, False, 1)
    mei.submit("/account/profile", PROFILE | {"license_name": CORRECTED} | TICKED)
    assert standing() == (CORRECTED, True, 2)


def test_a_name_changed_and_ticked_in_the_profile_is_confirmed(mei: Browser, standing: Standing) -> None:
    mei.submit("/account/profile", PROFILE | {"license_name": CORRECTED} | TICKED)
    assert standing() == (CORRECTED, True, 1)


def test_a_tick_is_kept_when_the_profile_is_refused(mei: Browser, standing: Standing) -> None:
    answer = mei.submit("/account/profile", PROFILE | {"display_name": ""} | TICKED)
    assert answer.status_code == 422
    assert 'checked id="name_is_right"' in answer.text
    assert standing() == (NAME, False, 0)


@pytest.mark.parametrize(("accepts", "chosen"), [("de", ""), ("en", ""), ("de", "en"), ("", "")])
def test_the_page_is_in_a_language_that_is_offered(accepts: str, chosen: str, mei: Browser) -> None:
    assert mei.submit("/account/profile", PROFILE | {"language": chosen}).status_code == 303
    assert "Profile" in mei.get("/account/profile", headers={"Accept-Language": accepts}).text


@pytest.mark.parametrize("language", ["xx", "en\0", "../en", "EN"])
def test_a_language_is_one_of_those_offered(language: str, mei: Browser) -> None:
    assert mei.submit("/account/profile", PROFILE | {"language": language}).status_code == 422


def test_the_chosen_language_wins_over_the_browser(
    app: Flask, mei: Browser, person_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nok.web import i18n

    monkeypatch.setattr(i18n, "LANGUAGES", ("en", "de"))
    with app.app_context():
        db.session.get_one(Person, person_id).language = "de"
        db.session.commit()
    mei.submit("/account/license-name", {"license_name": NAME})
    assert "Januar" in monthly(mei, app, person_id)


def monthly(browser: Browser, app: Flask, person_id: int) -> str:
    """Return the page that shows the day of the confirmation, which is put into January."""
    with app.app_context():
        mei = db.session.get_one(Person, person_id)
        assert mei.license_name_confirmed_at is not None
        mei.license_name_confirmed_at = mei.license_name_confirmed_at.replace(month=1)
        db.session.commit()
    return browser.get("/account/license-name", headers={"Accept-Language": "en"}).text


def test_suspension_ends_every_sign_in_and_coming_back_needs_a_new_one(
    app: Flask, mei: Browser, person_id: int, sign_in: Callable[[str], Browser],
    audited: Callable[[str], list[int | None]],
) -> None:  # fmt: skip
    with app.app_context():
        operator = people.person("operator@clinic.example", Role.OPERATOR)
        service.suspend(db.session.get_one(Person, person_id), operator)
        db.session.commit()
        by = operator.id
    mei.get("/account/profile", expect=303)
    refused = mei.submit("/account/login", {"email": EMAIL, "password": people.PASSWORD})
    assert refused.status_code == 422
    with app.app_context():
        mei_row = db.session.get_one(Person, person_id)
        service.restore(mei_row, db.session.get_one(Person, by))
        db.session.commit()
    mei.get("/account/profile", expect=303)
    sign_in(EMAIL).get("/account/profile")
    assert audited("person.suspended") == audited("person.restored") == [by]


def test_an_operator_suspends_others_only(app: Flask) -> None:
    with app.app_context():
        operator = people.person("operator@clinic.example", Role.OPERATOR)
        with pytest.raises(Invalid):
            service.suspend(operator, operator)
        assert operator.suspended_at is None


def test_a_demo_account_that_was_shut_stays_shut(app: Flask) -> None:
    with app.app_context():
        operator = people.person("operator@clinic.example", Role.OPERATOR)
        demo, other = people.person("demo@clinic.example"), people.person("demo-2@clinic.example")
        demo.demo = other.demo = True
        service.suspend(demo, operator)
        with pytest.raises(Invalid):
            service.restore(demo, operator)
        service.restore(demo, other)  # where a demo account is open, the demo is
        assert demo.suspended_at is None
