"""What every answer carries, so that a browser protects the person in front of it."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from nok.app import create_app
from nok.settings import Settings
from tests.access.doors import DOORS, knock
from tests.factories.world import World
from tests.pages import Browser, Page

PAGES = ["/", "/courses", "/courses/needle-safety", "/articles", "/account/login", "/verify", "/nowhere"]


def policy(text: str) -> dict[str, list[str]]:
    return {words[0]: words[1:] for part in text.split(";") if (words := part.split())}


@pytest.mark.parametrize("path", PAGES)
def test_the_content_policy_allows_our_own_scripts_only(path: str, site: World, guest: Browser) -> None:
    answers = [guest.client.get(path) for _ in range(2)]
    first, second = (policy(answer.headers["Content-Security-Policy"]) for answer in answers)
    assert first["default-src"] == ["'none'"]
    for directive in ("script-src", "style-src"):
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"} & set(first[directive]), directive
    for directive in ("base-uri", "frame-ancestors"):
        assert first[directive] == ["'none'"], directive
    assert first["form-action"] == ["'self'"]
    nonces = [word for word in first["script-src"] if word.startswith("'nonce-")]
    assert len(nonces) == 1
    assert len(nonces[0]) > 24
    assert nonces != [word for word in second["script-src"] if word.startswith("'nonce-")], "a nonce is used once"
    data = {"application/ld+json", "speculationrules"}
    scripts = [each for each in Page(answers[0].text).all("script") if each.get("type") not in data]
    assert scripts
    for script in scripts:  # the others are data, of which no browser runs anything
        assert (script.get("src") or "").startswith("/static/") or f"'nonce-{script.get('nonce')}'" in nonces


def test_every_door_answers_with_nosniff_and_a_request_id(site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    for name in DOORS:
        answer = knock(student, name, site)
        assert answer.headers["X-Content-Type-Options"] == "nosniff", name
        if name != "GET static":  # files are served past the application, and have no line in the log
            assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["X-Request-ID"]), name
        assert answer.headers["Referrer-Policy"] == "same-origin", name
        assert "Server" not in answer.headers or "Werkzeug" not in answer.headers["Server"], name
        answer.close()


def test_pages_of_a_signed_in_person_are_kept_by_no_cache(site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    for path in ("/", "/learn", "/courses", "/certificates", "/notifications", "/account/profile"):
        assert "no-store" in student.get(path).headers["Cache-Control"], path
    for name in ("GET certificates.pdf", "GET notifications.events", "GET notifications.unread"):
        answer = knock(student, name, site)
        assert "public" not in answer.headers["Cache-Control"], name
        answer.close()


def test_a_page_with_a_session_of_its_own_is_kept_by_no_cache_either(site: World, guest: Browser) -> None:
    assert "no-store" in guest.get("/account/login").headers["Cache-Control"]


def test_answers_differ_by_cookie(site: World, guest: Browser) -> None:
    assert "Cookie" in guest.get("/").headers["Vary"]


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(site: World, guest: Browser) -> None:
    given = guest.get("/account/login").headers["Set-Cookie"]
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given
    assert "Domain" not in given


def test_over_tls_the_cookie_is_bound_to_the_host_and_plain_http_is_over() -> None:
    app = create_app(replace(Settings.from_env(), base_url="https://learn.example"))
    answer = app.test_client().get("/account/login", base_url="https://learn.example")
    given = answer.headers["Set-Cookie"]
    assert given.startswith("__Host-nok=")
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in given, part
    assert "Domain" not in given
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_without_tls_no_promise_of_tls_is_made(site: World, guest: Browser) -> None:
    assert "Strict-Transport-Security" not in guest.get("/").headers


@pytest.mark.parametrize(("environment", "address"), [("development", "203.0.113.9"), ("production", "127.0.0.1")])
def test_without_a_token_the_numbers_are_for_this_machine_in_development(
    environment: str, address: str, app: Flask, site: World, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "nok", replace(app.extensions["nok"], environment=environment))
    # Behind a proxy everyone seems to be on this machine, and whoever is not may say that they are.
    for headers in ({}, {"X-Forwarded-For": "127.0.0.1"}):
        answer = guest.client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
        assert answer.status_code == 404


@pytest.mark.parametrize(("given", "status"), [("Bearer right", 200), ("Bearer wrong", 404), ("", 404), ("right", 200)])
def test_with_a_token_set_the_numbers_are_for_who_has_it(
    given: str, status: int, app: Flask, site: World, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "nok", replace(app.extensions["nok"], metrics_token="right"))
    answer = guest.client.get("/metrics", headers={"Authorization": given}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert answer.status_code == status


def test_the_log_keeps_no_token_that_opens_an_account(
    site: World, guest: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    guest.get(f"/account/reset/{site.reset}")
    lines = [record.getMessage() for record in caplog.records if "/account/reset/" in record.getMessage()]
    assert lines, "the request is in the log"
    assert not [line for line in lines if site.reset in line]
