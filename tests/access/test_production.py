"""Production does not start with what is fit for a desk only; each refusal names the setting and the fix."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from nok.accounts import service
from nok.accounts.models import Role
from nok.app import create_app, refuse_unsafe
from nok.core.db import db
from nok.settings import KNOWN_SECRETS, PROVIDER_DEFAULTS, Settings, SettingsError
from tests.factories import people
from tests.factories.world import World
from tests.pages import Browser

SECRET = "kQ3vXz9-pL0wRtY7_uHsN2bMfC8jEaGd5iOqT1xZ"
GOOD = {
    "NOK_ENV": "production",
    "NOK_SECRET_KEY": SECRET,
    "NOK_BASE_URL": "https://learn.example",
    "NOK_DATABASE_URL": "postgresql://nok@db/nok",
    "NOK_MAIL_URL": "smtp://mail.example",
    "NOK_MAIL_FROM": "Learn <no-reply@learn.example>",
    "NOK_PROVIDER_NAME": "Example Provider",
    "NOK_PROVIDER_ADDRESS": "2 Example Street",
    "NOK_PROVIDER_CONTACT": "records@learn.example",
    "NOK_PROVIDER_PHONE": "+1 (503) 555-0142",
    "NOK_RESPONSIBLE_PERSON": "Dr. Example",
}


@pytest.fixture
def env(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What production needs."""
    yield GOOD | {"NOK_DATA_DIR": str(tmp_path)}
    assert SECRET not in "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())


def test_with_everything_set_it_starts(env: dict[str, str]) -> None:
    settings = Settings.from_env(env)
    assert settings.production
    assert settings.database_url == "postgresql+psycopg://nok@db/nok"
    assert SECRET not in repr(settings), "logs must not hold secrets"
    assert Settings.from_env(env | {"NOK_DATABASE_URL": "", "NOK_ALLOW_SQLITE": "yes"}).production


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"NOK_SECRET_KEY": ""}, ["NOK_SECRET_KEY", "token_urlsafe"]),
        ({"NOK_SECRET_KEY": "short"}, ["NOK_SECRET_KEY", "32"]),
        ({"NOK_SECRET_KEY": "a" * 64}, ["NOK_SECRET_KEY"]),
        *[({"NOK_SECRET_KEY": known}, ["NOK_SECRET_KEY"]) for known in sorted(KNOWN_SECRETS)],
        ({"NOK_DEBUG": "yes"}, ["NOK_DEBUG", "unset"]),
        ({"NOK_DATABASE_URL": ""}, ["NOK_DATABASE_URL", "NOK_ALLOW_SQLITE=yes"]),
        ({"NOK_DATABASE_URL": "sqlite:////srv/nok.sqlite3"}, ["NOK_ALLOW_SQLITE=yes"]),
        ({"NOK_DATABASE_URL": "mysql://db/nok"}, ["NOK_DATABASE_URL", "postgresql://"]),
        ({"NOK_MAIL_URL": ""}, ["NOK_MAIL_URL", "smtp://"]),
        ({"NOK_MAIL_URL": "outbox:"}, ["NOK_MAIL_URL", "smtp://"]),
        ({"NOK_MAIL_URL": "mail.example:587"}, ["NOK_MAIL_URL", "smtp://"]),
        ({"NOK_BASE_URL": ""}, ["NOK_BASE_URL", "https://"]),
        *[({name: ""}, [name]) for name in PROVIDER_DEFAULTS],
        ({"NOK_BASE_URL": "http://learn.example"}, ["NOK_BASE_URL", "https://"]),
        ({"NOK_BASE_URL": "learn.example"}, ["NOK_BASE_URL"]),
        ({"NOK_BASE_URL": "https://learn.example/path"}, ["NOK_BASE_URL"]),
        *[({name: value}, [name, "certificates"]) for name, value in PROVIDER_DEFAULTS.items()],
        ({"NOK_ENV": "prod"}, ["NOK_ENV", "production"]),
        ({"PORT": "eighty"}, ["PORT", "whole number"]),
        ({"PORT": "70000"}, ["PORT", "65535"]),
        ({"PORT": "-1"}, ["PORT"]),
        ({"NOK_DEBUG": "true"}, ["NOK_DEBUG", "yes, no"]),
        ({"NOK_WEB_THREADS": "1"}, ["NOK_WEB_THREADS"]),
        ({"NOK_WEB_THREADS": "8", "NOK_MAX_STREAMS": "8"}, ["NOK_MAX_STREAMS", "NOK_WEB_THREADS"]),
        ({"NOK_TRUSTED_PROXIES": "x"}, ["NOK_TRUSTED_PROXIES"]),
        ({"NOK_LOG_FORMAT": "xml"}, ["NOK_LOG_FORMAT", "json"]),
    ],
    ids=lambda value: (
        ",".join(f"{name}={text}"[:40] for name, text in value.items()) if isinstance(value, dict) else ""
    ),
)
def test_a_refusal_names_the_setting_and_the_fix(env: dict[str, str], change: dict[str, str], names: list[str]) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(env | change)
    for name in names:
        assert name in str(refused.value)


def test_on_a_desk_nothing_needs_to_be_set_and_the_secret_is_made_once(tmp_path: Path) -> None:
    first, second = (Settings.from_env({"NOK_DATA_DIR": str(tmp_path)}) for _ in range(2))
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) > 40
    kept = tmp_path / "keys" / "secret-key"
    assert kept.stat().st_mode & 0o077 == 0, "only its owner reads it"
    other = Settings.from_env({"NOK_DATA_DIR": str(tmp_path / "other")})
    assert other.secret_key != first.secret_key, "no two installations share a default"


def test_a_demo_account_keeps_production_from_starting(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "nok", replace(app.extensions["nok"], environment="production"))
    refuse_unsafe(app)
    with app.app_context():
        hashed = service.hash_password(people.PASSWORD)
        service.add_person("student@demo.example", "A", "A", hashed, Role.STUDENT, demo=True)
        db.session.commit()
    with pytest.raises(SettingsError, match="demo account"):
        refuse_unsafe(app)
    monkeypatch.setitem(app.extensions, "nok", replace(app.extensions["nok"], environment="development"))
    refuse_unsafe(app)


def test_the_pages_for_developers_are_not_there_in_production(env: dict[str, str]) -> None:
    app = create_app(Settings.from_env(env))
    assert not [rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/dev")]
    assert app.debug is False


def test_even_mounted_they_show_no_mail_in_production(
    app: Flask, site: World, guest: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guest.get("/dev/mail").status_code == 200
    monkeypatch.setitem(app.extensions, "nok", replace(app.extensions["nok"], environment="production"))
    guest.get("/dev/mail", expect=404)
    guest.get(f"/dev/mail/{site.mail_key}", expect=404)
