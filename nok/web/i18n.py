"""The reader's language and time zone."""

from datetime import date, datetime
from functools import cache
from zoneinfo import available_timezones

from flask import Flask, has_request_context, request
from flask_babel import Babel, format_date, format_datetime
from flask_login import current_user

LANGUAGES = ("en",)
DEFAULT_ZONE = "UTC"


def init(app: Flask) -> None:
    """Set up Babel."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=_language, timezone_selector=_zone)
    app.jinja_env.filters.update(day=day, moment=moment, timestamp=timestamp)


def day(value: date | datetime) -> str:
    """Return a date in words, such as "November 22, 2026"; a moment is first put into the reader's zone."""
    return str(format_date(value, format="long"))


def moment(value: datetime) -> str:
    """Return a date and time in the reader's zone."""
    return str(format_datetime(value, format="medium"))


def timestamp(milliseconds: int) -> str:
    """Return a place in a video, "1:05"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def _language() -> str:
    if not has_request_context():
        return LANGUAGES[0]
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def _zone() -> str:
    name = getattr(current_user, "time_zone", None) if has_request_context() else None
    return name if name in _zones() else DEFAULT_ZONE


@cache
def _zones() -> set[str]:
    return available_timezones()
