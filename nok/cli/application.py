"""The application, for commands that work in its context."""

from collections.abc import Iterator
from contextlib import contextmanager

from nok.settings import Settings

FLUSH_SECONDS = 3.0


@contextmanager
def in_application(*, even_unsafe: bool = False) -> Iterator[Settings]:
    """Enter the context of the application that the environment describes.

    Refuse what would not be safe, except `even_unsafe`: for commands that make it safe, or that must run before.
    """
    from nok.app import create_app, refuse_unsafe
    from nok.core.broker import courier

    settings = Settings.from_env()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = create_app(settings)
    if not even_unsafe:
        refuse_unsafe(app)
    with app.app_context():
        yield settings
    courier.flush(FLUSH_SECONDS)  # or the nudge for what was just published would end with this process


def with_migrations() -> None:
    """Tell the current application where its migrations are: only commands need to know, and it costs time to load."""
    from flask import current_app
    from flask_migrate import Migrate

    from nok.app import ROOT
    from nok.core.db import db

    Migrate(current_app, db, directory=str(ROOT / "migrations"))
