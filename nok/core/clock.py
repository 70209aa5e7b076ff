"""The one clock. Storage is UTC; pages convert for the reader."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)


def day_in(zone: str, moment: datetime) -> date:
    """Return the day of a moment in an IANA time zone: who finishes on New Year's Eve did so that year."""
    return moment.astimezone(ZoneInfo(zone)).date()
