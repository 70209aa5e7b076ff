"""How long an enrollment opens the lessons."""

from datetime import datetime, timedelta

TOLD_AHEAD = timedelta(days=7)


def window_end(start: datetime, access_days: int) -> datetime | None:
    """Return when an access window of so many days closes; None for 0, a window without end."""
    return start + timedelta(days=access_days) if access_days else None


def is_open(ended_at: datetime | None, access_until: datetime | None, now: datetime) -> bool:
    """Whether the lessons are open at this moment: the enrollment has not ended, nor has its window."""
    return ended_at is None and (access_until is None or access_until > now)


def may_return(ended_at: datetime | None, access_until: datetime | None, now: datetime, *, left: bool) -> bool:
    """Whether people may come back by themselves: those who left (`left`) while the window was open."""
    return left and ended_at is not None and (access_until is None or access_until > now)
