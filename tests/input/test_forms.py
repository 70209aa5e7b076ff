"""Every form: what cannot be accepted is refused with a sentence beside the field, and what was typed stays."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person
from nok.core.db import db
from tests.factories import people, rows, world
from tests.factories.world import World
from tests.input.odd import BEYOND, HARMLESS, JSON, LONG, TEXTS
from tests.pages import Browser, Page

RIGHT: dict[str, dict[str, str]] = {
    "/account/register": {
        "display_name": "Mei",
        "license_name": "Mei Lin",
        "email": "mei@clinic.example",
        "password": people.PASSWORD,
    },
    "/account/login": {"email": "mei@clinic.example", "password": "wrong wrong wrong"},
    "/account/profile": {"display_name": "Mei", "license_name": "Mei Lin", "time_zone": "Asia/Taipei"},
    "/account/forgot": {"email": "mei@clinic.example"},
    "/account/license-name": {"license_name": "Mei Lin"},
    "/account/security/password": {"current_password": "wrong wrong", "new_password": "five slow needles"},
    "/account/security/address": {"new_email": "mei@clinic.example", "current_password": "wrong wrong"},
    "/licenses/add": {"board_code": "TEST-BOARD", "number": "T-7"},
}
SECRET = {"password", "current_password", "new_password"}
MENUS = {"time_zone", "board_code"}
FIELDS = [(path, name) for path, fields in RIGHT.items() for name in fields]
LINES = [(path, name) for path, name in FIELDS if name not in SECRET | MENUS]


def shown(page: str, name: str) -> str | None:
    """Return what stands in a field of the page."""
    return next((field.get("value") or "" for field in Page(page).all("input") if field.get("name") == name), None)


@pytest.fixture
def student(site: World, enter: Callable[[str], Browser]) -> Browser:
    return enter("student")


@pytest.mark.parametrize("name", ["สมชาย ใจดี", "محمد", "👩🏽‍⚕️"])
def test_a_license_name_that_no_certificate_could_show_is_refused(name: str, app: Flask, student: Browser) -> None:
    before = rows.all_rows(app)
    answer = student.submit("/account/profile", RIGHT["/account/profile"] | {"license_name": name})
    assert answer.status_code == 422
    assert "Certificates cannot show" in answer.text
    assert shown(answer.text, "license_name") == name
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_an_empty_or_missing_field_is_asked_for(path: str, name: str, app: Flask, student: Browser) -> None:
    before = rows.all_rows(app)
    left_out = {key: value for key, value in RIGHT[path].items() if key != name}
    # A menu that was not sent stays as it is; a text that is only spaces is no text.
    for fields in (RIGHT[path] | {name: ""}, RIGHT[path] | {name: "   "} if name not in SECRET else left_out, left_out):
        if fields is left_out and name == "time_zone":
            continue
        answer = student.submit(path, fields)
        assert answer.status_code == 422
        assert f'id="{name}-error"' in answer.text, "the sentence stands beside the field"
        for kept, value in fields.items():
            if kept not in SECRET | MENUS | {name}:
                assert shown(answer.text, kept) == value, f"{kept} was typed, and is gone"
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("odd", TEXTS)
@pytest.mark.parametrize(("path", "name"), LINES)
def test_an_odd_text_is_refused_beside_its_field_and_kept(
    path: str, name: str, odd: str, app: Flask, student: Browser
) -> None:
    before = rows.all_rows(app)
    answer = student.submit(path, RIGHT[path] | {name: TEXTS[odd]})
    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text, "the sentence stands beside the field"
    kept = shown(answer.text, name) or ""
    assert kept.replace("\r\n", "\n") == TEXTS[odd].replace("\r\n", "\n")
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("text", HARMLESS)
def test_an_unusual_name_is_taken_and_shown_as_it_is(text: str, app: Flask, student: Browser) -> None:
    # What a certificate cannot print is no license name; the name that teachers see is free.
    name = HARMLESS[text] if text != "emoji" else "Mei Lin"
    fields = RIGHT["/account/profile"] | {"display_name": HARMLESS[text], "license_name": name}
    assert student.submit("/account/profile", fields).status_code == 303
    page = student.get("/account/profile").text
    assert (shown(page, "display_name"), shown(page, "license_name")) == (HARMLESS[text], name)
    assert HARMLESS[text] in unescape(page)
    assert "<script>alert" not in page
    with app.app_context():
        kept = select(Person.license_name).where(Person.email == world.STUDENT)
        assert db.session.scalars(kept).one() == name


@pytest.mark.parametrize("path", ["/account/register", "/account/profile"])
def test_a_license_name_that_no_certificate_can_print_is_refused_and_kept(
    path: str, app: Flask, student: Browser
) -> None:
    before = rows.all_rows(app)
    answer = student.submit(path, RIGHT[path] | {"license_name": HARMLESS["emoji"]})
    assert answer.status_code == 422
    assert 'id="license_name-error"' in answer.text
    assert shown(answer.text, "license_name") == HARMLESS["emoji"]
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_a_list_where_one_value_is_asked_for_is_no_failure(path: str, name: str, student: Browser) -> None:
    one = RIGHT[path][name]
    for fields in (RIGHT[path] | {name: [one, "second"]}, RIGHT[path] | {f"{name}[]": one, name: ""}):
        assert student.submit(path, fields).status_code in {303, 422}


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_a_file_where_a_text_is_asked_for_is_no_text(path: str, name: str, student: Browser) -> None:
    from io import BytesIO

    fields: dict[str, Any] = RIGHT[path] | {name: (BytesIO(b"x"), "x.txt")}
    # A menu that was not sent as text stays as it is.
    assert student.submit(path, fields).status_code in ({303, 422} if name == "time_zone" else {422})


@pytest.mark.parametrize("path", RIGHT)
@pytest.mark.parametrize(
    "body", [b"email=%ED%A0%80&password=%ED%A0%80", b"email=%FF%FE", b"&&&==%%%", b"\0\0", b"x" * 99]
)
def test_bytes_that_are_no_text_are_no_failure(path: str, body: bytes, student: Browser) -> None:
    answer = student.client.post(
        path,
        data=body,
        content_type="application/x-www-form-urlencoded",
        headers={"X-CSRFToken": student.token()},
    )
    assert answer.status_code == 422


@pytest.mark.parametrize("path", RIGHT)
@pytest.mark.parametrize("kind", [*JSON, "a form"])
def test_json_where_a_form_is_asked_for_is_no_form(kind: str, path: str, app: Flask, student: Browser) -> None:
    before = rows.all_rows(app)
    body = JSON.get(kind, {name: [1] for name in RIGHT[path]})
    answer = student.send_json(path, body)
    assert 400 <= answer.status_code < 500
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("path", RIGHT)
def test_a_body_beyond_all_measure_is_refused(path: str, student: Browser) -> None:
    token = student.token()
    answer = student.client.post(path, data={"csrf_token": token, "email": LONG * 30})
    assert answer.status_code == 413
    assert "too large" in answer.text
    many = {f"field-{number}": "x" for number in range(1500)} | {"csrf_token": token}
    assert student.client.post(path, data=many).status_code in {413, 422}
    parts = student.client.post(path, data=many, content_type="multipart/form-data")
    assert parts.status_code in {400, 413, 422}
    broken = student.client.post(path, data=b"--x\r\n", content_type="multipart/form-data; boundary=")
    assert broken.status_code in {400, 422}


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "UTC\0", "", "utc"])
def test_a_time_zone_is_one_of_those_there_are(zone: str, app: Flask, student: Browser) -> None:
    before = rows.all_rows(app)
    fields = RIGHT["/account/profile"] | {"time_zone": zone}
    assert student.submit("/account/profile", fields).status_code == 422
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize(
    "email",
    ["x", "x@", "@x", "x@y", "x@y..example", "x y@z.example", "x@y.example, z@y.example", "<x@y.example>", "x@[::1]"],
)
def test_an_address_that_cannot_be_one_is_refused(email: str, student: Browser) -> None:
    answer = student.submit("/account/register", RIGHT["/account/register"] | {"email": email})
    assert answer.status_code == 422
    assert shown(answer.text, "email") == email


@pytest.mark.parametrize(
    "password", ["short", "password123", "aaaaaaaaaaaa", "mei@clinic.example", "MEI@CLINIC.EXAMPLE"]
)
def test_a_password_that_is_guessed_first_is_refused_and_never_shown(password: str, student: Browser) -> None:
    answer = student.submit("/account/register", RIGHT["/account/register"] | {"password": password})
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert shown(answer.text, "password") == ""


@pytest.mark.parametrize("odd", ["NUL", "long", "two lines"])
def test_an_odd_password_is_no_failure(odd: str, student: Browser) -> None:
    assert student.submit("/account/login", RIGHT["/account/login"] | {"password": TEXTS[odd]}).status_code == 422


@pytest.mark.parametrize(
    "answers", [{"q": "1"}, {"qx": "1"}, {"q1": "x"}, {"q1": str(BEYOND)}, {f"q{BEYOND}": "1"}, {"q-1": "1"}]
)
def test_answers_that_mean_nothing_are_refused_and_the_test_goes_on(
    answers: dict[str, str], app: Flask, site: World, student: Browser
) -> None:
    before = rows.all_rows(app)
    path = f"/learn/{site.open_course}/final-test/attempts/1"
    answer = student.submit(path, answers)
    assert answer.status_code == 422
    assert "Question 1 of 12" in answer.text
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_what_was_chosen_is_still_chosen_when_an_answer_is_refused(site: World, student: Browser) -> None:
    path = f"/learn/{site.open_course}/final-test/attempts/1"
    offered = [field for field in Page(student.get(path).text).all("input") if field.get("type") == "radio"]
    name, value = str(offered[0]["name"]), str(offered[0]["value"])
    answer = student.submit(path, {name: value, "q999999": "1"})
    assert answer.status_code == 422
    chosen = [field["value"] for field in Page(answer.text).all("input") if "checked" in field]
    assert chosen == [value]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"answer-w-stop": "a\0b"}, "a\0b"),
        ({"answer-w-stop": LONG[:10_001]}, LONG[:10_001]),
        ({"answer-w-stop": "Mine.", "answer-w-other": "x"}, "Mine."),
        ({"answer-w-stop": "Mine.", "saves": "999"}, "Mine."),
    ],
    ids=["NUL", "long", "another prompt", "another count"],
)
def test_a_text_that_cannot_be_taken_is_refused_and_all_of_it_kept(
    fields: dict[str, str], kept: str, app: Flask, site: World, student: Browser
) -> None:
    before = rows.all_rows(app)
    first = {"answer-w-consent": HARMLESS["markup"], "saves": "1", "act": "hand-in"}
    answer = student.submit(f"/learn/{site.practice}/first-worksheet/worksheet", first | fields)
    assert answer.status_code in {409, 422}
    assert kept in answer.text
    assert HARMLESS["markup"] in unescape(answer.text)
    assert "<script>alert" not in answer.text
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("saves", ["x", "-1", str(BEYOND), "", "٣"])
def test_a_count_of_savings_that_is_none_is_refused(saves: str, app: Flask, site: World, student: Browser) -> None:
    before = rows.all_rows(app)
    path = f"/learn/{site.practice}/first-worksheet/worksheet"
    answer = student.submit(path, {"answer-w-stop": "Mine.", "saves": saves})
    assert (answer.status_code, "Mine.</textarea>" in answer.text) == (409, True)
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_a_choice_of_another_test_is_refused(app: Flask, site: World, student: Browser) -> None:
    with app.app_context():
        from nok.assessments.models import Choice

        other = db.session.scalars(select(Choice).order_by(Choice.id)).first()
        assert other is not None
        fields = {f"q{other.question_id}": str(other.id)}
    before = rows.all_rows(app)
    answer = student.submit(f"/learn/{site.open_course}/final-test/attempts/1", fields)
    assert (answer.status_code, "does not belong" in answer.text) == (422, True)
    assert rows.changed(before, rows.all_rows(app)) == {}
