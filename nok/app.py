"""The factory: it wires, and does no work. It injects from above what the packages below may not import."""

from pathlib import Path
from typing import Any

from flask import Flask, g
from flask_login import current_user
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError
from werkzeug.middleware.proxy_fix import ProxyFix

from nok import routes
from nok.accounts import queries as accounts
from nok.core import logs
from nok.core.broker import courier
from nok.core.db import db
from nok.notifications import queries as notifications
from nok.notifications.queries import Bell
from nok.settings import Settings, SettingsError
from nok.web import (
    ahead,
    assets,
    compression,
    converters,
    errors,
    fragments,
    headers,
    i18n,
    json,
    login,
    pages,
    templating,
    theme,
)
from nok.web.turnstile import Turnstile

ROOT = Path(__file__).resolve().parent.parent
MOST_REQUEST_BYTES = 2 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """Return the application for these settings."""
    logs.configure(json_lines=settings.json_logs)
    app = Flask("nok", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.extensions["nok"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        DEBUG=settings.debug,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(settings),
        MAX_CONTENT_LENGTH=MOST_REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=MOST_REQUEST_BYTES,
    )
    db.init_app(app)
    converters.init(app)
    json.init(app)
    headers.init(app, settings)
    login.init(app, settings, _load_person)
    i18n.init(app)
    assets.init(app)
    templating.init(app, _bell, base_url=settings.base_url, provider=settings.provider_name)
    fragments.init(app)
    theme.init(app)
    ahead.init(app)
    pages.init(app)
    errors.init(app)
    routes.mount(app, production=settings.production)
    courier.configure(settings)
    # A database across the network is waited for, and others may run meanwhile; SQLite answers from memory.
    places = 1 if settings.database_url.startswith("sqlite") else 4
    app.wsgi_app = Turnstile(app.wsgi_app, places=places, most_bytes=MOST_REQUEST_BYTES)  # type: ignore[method-assign]
    compression.init(app)
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    return app


def refuse_unsafe(app: Flask) -> None:
    """Raise SettingsError when production holds an account whose password is public. Asked once, at start."""
    settings: Settings = app.extensions["nok"]
    if not settings.production:
        return
    with app.app_context():
        try:
            found = inspect(db.engine).has_table("person") and accounts.demo_account_exists()
        except OperationalError as error:
            raise SettingsError("The database does not answer: check NOK_DATABASE_URL, and that it is up.") from error
    if found:
        raise SettingsError(
            "A demo account is in this production database, and its password is public: "
            "shut the demo accounts with `nok shut-demo`, or start from an empty database."
        )


def _engine_options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "pool_size": 8,
        "max_overflow": settings.web_threads,
        "pool_timeout": 10,
        "json_serializer": json.written,
        "json_deserializer": json.read,
        "pool_use_lifo": True,  # a connection of SQLite has read its pages only as long as no other one writes
    }
    if settings.database_url.startswith("postgresql"):
        options |= {
            "pool_pre_ping": True,
            "connect_args": {
                "connect_timeout": 5,
                "options": "-c statement_timeout=30000 -c lock_timeout=10000",
            },
        }
    return options


def _load_person(token: str) -> Any | None:
    found = accounts.live_sign_in(token)
    if found is None:
        return None
    g.sign_in_id, person = found
    return person


def _bell() -> Bell:
    if "bell" not in g:
        g.bell = notifications.bell(current_user.id)
    found: Bell = g.bell
    return found
