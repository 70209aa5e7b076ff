"""The one clock. Storage is UTC; pages convert for the reader."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)
