"""The reader's language and time zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import get_datetime_format
from flask import Flask, has_request_context, request
from flask_babel import (
    Babel,
    force_locale,
    format_currency,
    format_date,
    format_time,
    get_locale,
    get_translations,
    refresh,
    to_user_timezone,
)
from flask_babel import gettext as _
from flask_login import current_user
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from nok.core.clock import DEFAULT_ZONE, now, zones

LANGUAGES = ("en",)
_kept_words: dict[tuple[Any, Any, str], str] = {}  # as many as the templates have texts
_readers_zone: ContextVar[str | None] = ContextVar("nok_readers_zone", default=None)


def init(app: Flask) -> None:
    """Set up Babel."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    Babel(app, locale_selector=_language, timezone_selector=_zone)
    app.jinja_env.globals.update({"_": words, "gettext": words, "ngettext": counted_words})
    app.jinja_env.filters.update(day=day, hour=hour, moment=moment, money=money, timestamp=timestamp)


@contextmanager
def speaking_to(language: str, zone: str) -> Iterator[None]:
    """Let texts and hours be those of a reader who is not the one that asks: for mail, and for the feed.

    A language that we do not speak, or a zone that nobody knows, is replaced by the first one, and by UTC.
    """
    token = _readers_zone.set(zone if zone in zones() else DEFAULT_ZONE)
    try:
        with force_locale(language if language in LANGUAGES else LANGUAGES[0]):
            refresh()  # Babel remembers the zone of before
            yield
    finally:
        _readers_zone.reset(token)
        refresh()


@pass_eval_context
def words(template: EvalContext, text: str, **variables: Any) -> str:
    """Return a template's text in the reader's language, as Jinja's own gettext would, which costs ten times as much.

    A page has a hundred such texts, and most have no variables: those are kept, by language.
    """
    locale = get_locale()
    if variables:
        return _written(template, _translations(locale).ugettext(text)) % variables
    key = locale, template.autoescape, text
    found = _kept_words.get(key)
    if found is None:
        found = _kept_words[key] = _written(template, _translations(locale).ugettext(text)) % {}
    return found


@pass_eval_context
def counted_words(template: EvalContext, one: str, many: str, num: int, **variables: Any) -> str:
    """As `words`, in the form that the number asks for."""
    found = _translations(get_locale()).ungettext(one, many, num)
    return _written(template, found) % {"num": num, **variables}


def day(value: date | datetime) -> str:
    """Return a date in words, such as "November 22, 2026"; a moment is first put into the reader's zone."""
    return str(format_date(value, format="long"))


def moment(value: datetime) -> str:
    """Return a date and time, to the minute, in the reader's zone."""
    joined = str(get_datetime_format("medium", locale=get_locale())).replace("'", "")
    return joined.replace("{0}", format_time(value, format="short")).replace("{1}", format_date(value, format="medium"))


def day_name(value: datetime) -> str:
    """Return the day of a moment in the reader's zone, in words: today and yesterday by name."""
    there, today = to_user_timezone(value).date(), to_user_timezone(now()).date()
    near: dict[int, str] = {0: _("Today"), 1: _("Yesterday")}
    return near.get((today - there).days) or day(there)


def hour(value: datetime) -> str:
    """Return the time of day, to the minute, in the reader's zone."""
    return str(format_time(value, format="short"))


def money(cents: int, currency: str) -> str:
    """Return an amount in words, such as "$49.00"; `currency` is an ISO 4217 code."""
    return str(format_currency(Decimal(cents) / 100, currency))


def timestamp(milliseconds: int) -> str:
    """Return a place in a video, "1:05"."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def _written(template: EvalContext, text: str) -> str:
    return Markup(text) if template.autoescape else text  # noqa: S704  our own words; what goes into them is escaped


@lru_cache(maxsize=16)
def _translations(_locale: Any) -> Any:
    """Return the translations into the reader's language, which Babel knows by itself."""
    return get_translations()


def _language() -> str:
    if not has_request_context():
        return LANGUAGES[0]
    chosen = getattr(current_user, "language", "")  # a guest has none, a person may leave it to the browser
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def _zone() -> str:
    reader = _readers_zone.get()
    if reader is not None:
        return reader
    name = getattr(current_user, "time_zone", None) if has_request_context() else None
    return name if name in zones() else DEFAULT_ZONE
