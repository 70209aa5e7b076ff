"""The licenses that a person writes down."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts import queries
from nok.accounts.models import License
from nok.accounts.service import licenses
from nok.core.audit import AuditLine
from nok.core.clock import now
from nok.core.db import db
from nok.credits.models import Board
from tests.factories import people, rows
from tests.pages import Browser

STATE = {"board_code": "US-CA-TEST", "number": "AC 12345", "state": "CA", "expires_on": "2099-05-31"}
NATIONAL = {"board_code": "US-NATIONAL", "number": "1234", "state": "", "expires_on": ""}
HINT = "The number has 3 to 6 digits and does not begin with 0."


@pytest.fixture(autouse=True)
def boards(app: Flask) -> None:
    with app.app_context():
        db.session.add(Board(code="US-CA-TEST", name="State Board of Tests", state="CA"))
        pattern = "[1-9][0-9]{2,5}"
        db.session.add(Board(code="US-NATIONAL", name="National Tests", number_pattern=pattern, number_hint=HINT))
        db.session.commit()


def held(app: Flask) -> list[tuple[str, str, str, str | None]]:
    with app.app_context():
        return [
            (row.board_code, row.number, row.state, row.expires_on.isoformat() if row.expires_on else None)
            for row in db.session.scalars(select(License).order_by(License.id))
        ]


def path_of(page: str) -> str:
    found = re.findall(r'href="(/licenses/\d+)"', page)
    assert len(found) == 1
    return str(found[0])


def test_a_license_is_added_changed_and_removed(
    app: Flask, mei: Browser, person_id: int, audited: Callable[[str], list[int | None]]
) -> None:
    assert "No licenses yet" in mei.get("/licenses").text
    assert mei.submit("/licenses/add", STATE).status_code == 303
    page = mei.get("/licenses").text
    for word in ("State Board of Tests", "AC 12345", "California", "days left", "onfirm with your board"):
        assert word in page
    path = path_of(page)
    assert 'value="AC 12345"' in mei.get(path).text
    assert mei.submit(path, STATE | {"number": "AC 777"}).status_code == 303
    assert held(app) == [("US-CA-TEST", "AC 777", "CA", "2099-05-31")]
    assert mei.submit(f"{path}/remove").status_code == 303
    assert held(app) == []
    mei.get(path, expect=404)
    for action in ("license.added", "license.changed", "license.removed"):
        assert audited(action) == [person_id]


def test_the_log_tells_every_change_of_a_license_and_no_other(app: Flask, mei: Browser) -> None:
    mei.submit("/licenses/add", NATIONAL)
    path = path_of(mei.get("/licenses").text)
    for changed in (NATIONAL, NATIONAL | {"expires_on": "2099-05-31"}, NATIONAL | {"number": "777", "state": "NV"}):
        assert mei.submit(path, changed).status_code == 303
    with app.app_context():
        told = db.session.scalars(select(AuditLine.details).where(AuditLine.action == "license.changed")).all()
    assert told == [
        {"old": "US-NATIONAL 1234", "new": "US-NATIONAL 1234, until 2099-05-31"},
        {"old": "US-NATIONAL 1234, until 2099-05-31", "new": "US-NATIONAL 777, NV"},
    ]


def test_the_first_to_expire_stands_first_and_those_that_never_do_last(
    app: Flask, mei: Browser, person_id: int
) -> None:
    for number, day in (("777", ""), ("888", "2031-01-01"), ("999", "2030-01-01")):
        mei.submit("/licenses/add", NATIONAL | {"number": number, "expires_on": day})
    with app.app_context():
        assert [row.number for row in queries.licenses(person_id)] == ["999", "888", "777"]


@pytest.mark.parametrize(
    ("days", "words"),
    [(400, "400 days left"), (1, "1 day left"), (0, "Expires today"), (-1, "Expired yesterday"),
     (-9, "Expired 9 days ago")],
)  # fmt: skip
def test_the_days_left_are_shown(days: int, words: str, mei: Browser) -> None:
    day = (now() + timedelta(days=days)).date().isoformat()
    mei.submit("/licenses/add", STATE | {"expires_on": day})
    assert words in mei.get("/licenses").text


@pytest.mark.parametrize("number", ["12", "1234567", "0123", "12a4", "\uff11\uff12\uff13\uff14", "1234 5"])
def test_a_number_that_the_board_never_gives_is_refused_with_its_hint(number: str, app: Flask, mei: Browser) -> None:
    answer = mei.submit("/licenses/add", NATIONAL | {"number": number})
    assert answer.status_code == 422
    assert HINT in answer.text
    assert f'value="{number}"' in answer.text
    assert held(app) == []


@pytest.mark.parametrize("number", ["123", "1234", "999999"])
def test_a_number_as_the_board_gives_them_is_taken(number: str, app: Flask, mei: Browser) -> None:
    assert mei.submit("/licenses/add", NATIONAL | {"number": number}).status_code == 303
    assert held(app) == [("US-NATIONAL", number, "", None)]


def test_a_board_of_one_state_fills_in_its_state_and_refuses_another(app: Flask, mei: Browser) -> None:
    answer = mei.submit("/licenses/add", STATE | {"state": "NV"})
    assert answer.status_code == 422
    assert "choose California" in answer.text
    assert mei.submit("/licenses/add", STATE | {"state": ""}).status_code == 303
    assert held(app)[0][2] == "CA"


@pytest.mark.parametrize(
    ("field", "value"),
    [("board_code", "US-NOWHERE"), ("board_code", ""), ("state", "XX"), ("state", "ca"), ("expires_on", "31.05.2099"),
     ("expires_on", "2099-02-30"), ("expires_on", "0001-01-01"), ("expires_on", "\0"), ("expires_on", "9" * 5000)],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field_and_the_rest_stays(
    field: str, value: str, app: Flask, mei: Browser
) -> None:
    before = rows.all_rows(app)
    answer = mei.submit("/licenses/add", STATE | {field: value})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="AC 12345"' in answer.text
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_a_license_stands_in_the_list_once(app: Flask, mei: Browser) -> None:
    mei.submit("/licenses/add", STATE)
    again = mei.submit("/licenses/add", STATE)
    assert again.status_code == 409
    assert 'id="number-error"' in again.text
    mei.submit("/licenses/add", STATE | {"number": "AC 2"})
    with app.app_context():
        second = db.session.scalars(select(License.id).where(License.number == "AC 2")).one()
    assert mei.submit(f"/licenses/{second}", STATE).status_code == 409
    assert [row[1] for row in held(app)] == ["AC 12345", "AC 2"]


def test_two_people_may_write_down_the_same_number(app: Flask, mei: Browser, sign_in: Callable[[str], Browser]) -> None:
    with app.app_context():
        people.person("other@clinic.example")
    assert mei.submit("/licenses/add", STATE).status_code == 303
    assert sign_in("other@clinic.example").submit("/licenses/add", STATE).status_code == 303


def test_a_license_of_another_is_not_there(app: Flask, mei: Browser, sign_in: Callable[[str], Browser]) -> None:
    mei.submit("/licenses/add", STATE)
    path = path_of(mei.get("/licenses").text)
    with app.app_context():
        people.person("other@clinic.example")
    other = sign_in("other@clinic.example")
    assert "AC 12345" not in other.get("/licenses").text
    before = rows.all_rows(app)
    assert "AC 12345" not in other.get(path, expect=404).text
    assert other.submit(path, STATE | {"number": "AC 1"}).status_code == 404
    assert other.submit(f"{path}/remove").status_code == 404
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_a_license_of_a_board_that_is_gone_can_still_be_changed(app: Flask, mei: Browser) -> None:
    mei.submit("/licenses/add", STATE)
    with app.app_context():
        db.session.delete(db.session.scalars(select(Board).where(Board.code == "US-CA-TEST")).one())
        db.session.commit()
    page = mei.get("/licenses").text
    assert "US-CA-TEST" in page
    assert mei.submit(path_of(page), STATE | {"number": "AC 9"}).status_code == 303


def test_a_list_has_an_end(mei: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licenses, "MOST", 1)
    mei.submit("/licenses/add", STATE)
    assert mei.submit("/licenses/add", NATIONAL).status_code == 422


def test_fields_that_nobody_offered_change_nothing(app: Flask, mei: Browser, person_id: int) -> None:
    with app.app_context():
        other = people.person("other@clinic.example").id
    assert mei.submit("/licenses/add", STATE | {"person_id": str(other), "id": "77"}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(License.person_id)).one() == person_id
