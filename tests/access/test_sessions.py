"""Who is signed in, and when that ends."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import select, update

from nok.accounts import service
from nok.accounts.models import Person, Role, SignIn
from nok.core.clock import now
from nok.core.db import db
from nok.settings import KNOWN_SECRETS
from nok.web import streams
from nok.web.login import TOKEN
from tests.factories import people, world
from tests.factories.world import World
from tests.pages import Browser, check_page

COOKIE = "nok"
PROFILE = "/account/profile"


def cookie(browser: Browser) -> str:
    """Return the session cookie as the browser keeps it."""
    kept = browser.client.get_cookie(COOKIE)
    assert kept is not None
    return kept.value


def with_cookie(app: Flask, value: str) -> FlaskClient:
    """Return a browser elsewhere, with a copied cookie."""
    client = app.test_client()
    client.set_cookie(COOKIE, value)
    return client


def signed(app: Flask, content: dict[str, object], key: str) -> str:
    """Return a session cookie with this content, signed with this key."""
    kept = app.secret_key
    try:
        app.secret_key = key
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    finally:
        app.secret_key = kept
    assert serializer is not None
    return str(serializer.dumps(content))


@pytest.fixture
def student(site: World, enter: Callable[[str], Browser]) -> Browser:
    return enter("student")


def test_the_session_changes_at_sign_in(app: Flask, site: World, guest: Browser) -> None:
    guest.get("/account/login")
    before = cookie(guest)
    answer = guest.submit("/account/login", {"email": world.STUDENT, "password": people.PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/learn")
    assert cookie(guest) != before
    assert with_cookie(app, before).get(PROFILE).status_code == 303, "a cookie given to someone opens nothing later"


def test_a_token_from_before_signing_in_is_worth_nothing_after(site: World, guest: Browser) -> None:
    token = guest.token()
    guest.client.post("/account/login", data={"csrf_token": token, "email": world.STUDENT, "password": people.PASSWORD})
    assert guest.get(PROFILE).status_code == 200
    assert guest.client.post("/notifications/read", data={"csrf_token": token}).status_code == 400


def test_after_signing_out_the_old_cookie_is_dead_at_once(app: Flask, student: Browser) -> None:
    old = cookie(student)
    assert with_cookie(app, old).get(PROFILE).status_code == 200
    answer = student.submit("/account/logout")
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    assert with_cookie(app, old).get(PROFILE).status_code == 303
    assert with_cookie(app, old).get("/notifications/unread.json").status_code == 401


def test_signing_out_here_leaves_the_other_computer_alone(student: Browser, sign_in: Callable[[str], Browser]) -> None:
    other = sign_in(world.STUDENT)
    student.submit("/account/logout")
    other.get(PROFILE)


def person(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def test_a_suspended_person_is_out_with_the_next_request(app: Flask, site: World, student: Browser) -> None:
    student.get(PROFILE)
    media = f"/learn/{site.course}/watching/media/v0-00001.m4s"
    assert student.client.get(media, buffered=True).status_code == 200
    with app.app_context():
        service.suspend(person(world.STUDENT), person(world.OPERATOR))
        db.session.commit()
    student.get(PROFILE, expect=303)
    student.get(media, expect=303)
    answer = student.submit("/account/login", {"email": world.STUDENT, "password": people.PASSWORD})
    assert answer.status_code == 422


def test_a_sign_in_ends_by_itself(app: Flask, student: Browser) -> None:
    with app.app_context():
        db.session.execute(update(SignIn).values(expires_at=now()))
        db.session.commit()
    student.get(PROFILE, expect=303)


def test_another_role_counts_with_the_next_request(app: Flask, student: Browser) -> None:
    with app.app_context():
        db.session.execute(update(Person).where(Person.email == world.STUDENT).values(role=Role.TEACHER))
        db.session.commit()
        sign_in = db.session.scalars(select(SignIn)).first()
        assert sign_in is not None
    with app.test_request_context():
        from nok.accounts import queries

        with student.client.session_transaction() as kept:
            token = kept[TOKEN]
        found = queries.live_sign_in(token)
        assert found is not None
        assert found[1].role is Role.TEACHER


def test_an_open_stream_ends_with_its_sign_in(
    app: Flask, student: Browser, sign_in: Callable[[str], Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "PING_SECONDS", 0.01)
    other = sign_in(world.STUDENT)
    stream, stays = student.client.get("/events"), other.client.get("/events")
    heard, still = iter(stream.response), iter(stays.response)
    assert text(heard).startswith("retry:")
    assert text(still).startswith("retry:")
    student.submit("/account/logout")
    assert "event: bye" in text(heard)
    assert next(heard, None) is None
    assert text(still) == ": ping\n\n"
    stream.close()
    stays.close()


NEW_PASSWORD = "five slow needles"


@pytest.mark.parametrize("how", ["everywhere", "password", "reset", "one", "suspended"])
def test_whatever_ends_a_sign_in_ends_its_open_stream(
    how: str, app: Flask, site: World, student: Browser, sign_in: Callable[[str], Browser],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(streams, "PING_SECONDS", 0.01)
    other, copied = sign_in(world.STUDENT), cookie(student)
    stream = student.client.get("/events")
    heard = iter(stream.response)
    assert text(heard).startswith("retry:")
    end_the_sign_in(how, app, site, other)
    assert "event: bye" in text(heard)
    assert next(heard, None) is None
    stream.close()
    assert with_cookie(app, copied).get(PROFILE).status_code == 303


def end_the_sign_in(how: str, app: Flask, site: World, other: Browser) -> None:
    """End the student's other sign-in, from another browser or as an operator."""
    if how == "everywhere":
        assert other.submit("/account/security/sign-out-everywhere").status_code == 303
    elif how == "password":
        fields = {"current_password": people.PASSWORD, "new_password": NEW_PASSWORD}
        assert other.submit("/account/security/password", fields).status_code == 303
    elif how == "reset":
        assert other.submit(f"/account/reset/{site.reset}", {"password": NEW_PASSWORD}).status_code == 303
    elif how == "one":
        found = re.findall(r"/account/security/sign-ins/\d+/end", other.get("/account/security").text)
        assert {other.submit(path).status_code for path in found} == {303}
    else:
        with app.app_context():
            service.suspend(person(world.STUDENT), person(world.OPERATOR))
            db.session.commit()


def text(chunks: Iterator[object]) -> str:
    found = next(chunks)
    return found.decode() if isinstance(found, bytes) else str(found)


def test_a_cookie_signed_with_another_key_is_nobody(app: Flask, student: Browser) -> None:
    with student.client.session_transaction() as kept:
        content = dict(kept)
    assert content[TOKEN]
    right = signed(app, content, str(app.secret_key))
    assert with_cookie(app, right).get(PROFILE).status_code == 200, "the same content under our key is the student"
    for key in [*KNOWN_SECRETS, "x" * 48]:
        assert with_cookie(app, signed(app, content, key)).get(PROFILE).status_code == 303, key


def test_a_cookie_that_names_a_person_by_id_is_nobody(app: Flask, site: World) -> None:
    for value in ("1", world.STUDENT, "' OR 1=1 --", "%", "", "\0", "x" * 3000):
        answer = with_cookie(app, signed(app, {TOKEN: value}, str(app.secret_key))).get(PROFILE)
        assert answer.status_code == 303, value


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x=1\r\nX: 1",
        " //evil.example",
        "http://localhost@evil.example/",
        "evil.example",
        "",
    ],
)
def test_going_on_after_sign_in_stays_at_home(target: str, site: World, guest: Browser) -> None:
    for place in ("query", "form"):
        fields = {"email": world.STUDENT, "password": people.PASSWORD, "csrf_token": guest.token()}
        answer = guest.client.post(
            "/account/login",
            query_string={"next": target} if place == "query" else {},
            data=fields | ({"next": target} if place == "form" else {}),
        )
        assert (answer.status_code, answer.location) == (303, "/learn"), place
        assert "X" not in answer.headers


def test_one_who_had_to_sign_in_goes_on_to_what_they_wanted(site: World, guest: Browser) -> None:
    wanted = f"/learn/{site.course}/watching?x=1"
    asked = guest.client.get(wanted).location
    assert asked.startswith("/account/login?next=")
    fields = {"email": world.STUDENT, "password": people.PASSWORD, "csrf_token": guest.token()}
    assert guest.client.post(asked, data=fields).location == wanted


def test_a_form_sent_after_the_sign_in_ended_is_given_back_and_sent_once_more(
    app: Flask, site: World, enter: Callable[[str], Browser]
) -> None:
    """Signed out in another tab: the password is asked for elsewhere, what was typed stays."""
    student = enter("student")
    typed = {"display_name": "A name of many words", "license_name": "Lin Mei", "time_zone": "UTC", "language": ""}
    stale = typed | {"csrf_token": student.token("/account/profile")}
    student.submit("/account/logout")
    ours = {"Origin": "http://localhost", "Referer": "http://localhost/account/profile"}
    answer = student.client.post("/account/profile", data=stale, headers=ours)
    page = check_page(answer.text)
    assert answer.status_code == 400
    assert "Sign in on another tab" in answer.text
    fields = {str(field["name"]): field.get("value") for field in page.all("input") if field.get("name")}
    assert fields.items() >= typed.items()
    student.submit("/account/login", {"email": world.STUDENT, "password": people.PASSWORD})
    answer = student.client.post("/account/profile", data=fields, headers=ours)  # from before this sign-in, again
    assert "Sign in on another tab" not in answer.text
    fields = {str(field["name"]): field.get("value") for field in check_page(answer.text).all("input")}
    assert student.client.post("/account/profile", data=fields, headers=ours).status_code == 303
    assert "A name of many words" in student.get("/account/profile").text


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_the_form_of_another_site_is_not_given_back(origin: str, site: World, enter: Callable[[str], Browser]) -> None:
    answer = enter("student").client.post(
        "/account/profile", data={"display_name": "Put into my mouth", "csrf_token": "x"}, headers={"Origin": origin}
    )
    assert answer.status_code == 400
    assert "Put into my mouth" not in answer.text


def test_a_password_is_never_given_back(site: World, guest: Browser) -> None:
    sent = {"email": world.STUDENT, "password": people.PASSWORD, "csrf_token": "x"}
    answer = guest.client.post("/account/login", data=sent, headers={"Origin": "http://localhost"})
    assert people.PASSWORD not in answer.text
    assert world.STUDENT in answer.text
    assert "Sign in on another tab" not in answer.text
