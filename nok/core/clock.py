"""The one clock. Storage is UTC; pages convert for the reader."""

from datetime import UTC, date, datetime, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

DEFAULT_ZONE = "UTC"


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


@cache  # asking reads the whole folder of zones
def zones() -> frozenset[str]:
    """Return the names of the IANA time zones that a person may live in."""
    return frozenset(available_timezones()) - {"localtime", "Factory"}  # the machine's own zone, and none


def zone(name: str) -> tzinfo:
    """Return the zone of this name, and UTC for one that is not known here."""
    return ZoneInfo(name) if name in zones() else UTC


def day_in(name: str, moment: datetime) -> date:
    """Return the day of a moment in a time zone: who finishes on New Year's Eve did so that year."""
    return moment.astimezone(zone(name)).date()
