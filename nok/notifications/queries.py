"""Every SELECT over notifications."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, func, select

from nok.core.audit import AuditLine
from nok.core.db import BigId, db
from nok.notifications.models import Feed, Notification, NotificationChoice
from nok.notifications.rules import Channel, chosen

PAGE_SIZE = 30
REPLAY_MOST = 100
STARTED, REOPENED = "enrollment.started", "enrollment.reopened"


@dataclass(frozen=True)
class FeedItem:
    """A notification as pages and streams show it."""

    seq: int
    kind: str
    message: str
    url: str
    created: datetime
    unread: bool


@dataclass(frozen=True)
class Bell:
    """What every page shows: the number of unread notifications, and the latest sequence, to go on from live."""

    unread: int
    last_seq: int


def bell(person_id: int) -> Bell:
    """Return the bell's numbers; one statement."""
    unread, latest = db.session.execute(_bell(), {"reader": person_id}).one()
    return Bell(unread, latest or 0)


@cache  # on every page: to build the statement takes longer than to run it
def _bell() -> "Select[int, int]":
    reader = bindparam("reader", type_=BigId)
    unread = select(func.count()).where(Notification.person_id == reader, Notification.read_at.is_(None))
    latest = select(Feed.last_seq).where(Feed.person_id == reader)
    return select(unread.scalar_subquery(), latest.scalar_subquery())


def last_seq(person_id: int) -> int:
    """Return the sequence of the person's latest notification, or 0."""
    return db.session.scalar(select(Feed.last_seq).where(Feed.person_id == person_id)) or 0


def older(person_id: int, before: int | None = None, most: int = PAGE_SIZE) -> list[FeedItem]:
    """Return up to `most` notifications, the latest first, those before a sequence when one is given."""
    statement = select(Notification).where(Notification.person_id == person_id)
    if before is not None:
        statement = statement.where(Notification.seq < before)
    return _items(db.session.scalars(statement.order_by(Notification.seq.desc()).limit(most)).all())


def newer(person_id: int, after: int) -> list[FeedItem]:
    """Return the notifications after a sequence, the earliest first, one more than a stream replays."""
    return _items(
        db.session.scalars(
            select(Notification)
            .where(Notification.person_id == person_id, Notification.seq > after)
            .order_by(Notification.seq)
            .limit(REPLAY_MOST + 1)
        ).all()
    )


def by_event(person_id: int, event_key: str) -> Notification | None:
    """Return the notification of an event, or None."""
    return db.session.scalar(
        select(Notification).where(Notification.person_id == person_id, Notification.event_key == event_key)
    )


def choices(person_id: int) -> dict[tuple[str, str], bool]:
    """Return what the person chose to be told, by kind and channel."""
    rows = db.session.scalars(select(NotificationChoice).where(NotificationChoice.person_id == person_id))
    return {(row.kind, row.channel): row.wanted for row in rows}


def is_told(person_id: int, kind: str, channel: Channel) -> bool:
    """Whether the person is told of a kind in this way; raise KeyError for a kind that there is not."""
    return chosen(kind, channel, choices(person_id))


def latest_beginning(enrollment_id: int) -> AuditLine | None:
    """Return the line in the audit log of how an enrollment last began, which knows by whom, or None."""
    return db.session.scalar(
        select(AuditLine)
        .where(AuditLine.subject == f"enrollment:{enrollment_id}", AuditLine.action.in_([STARTED, REOPENED]))
        .order_by(AuditLine.id.desc())
        .limit(1)
    )


def _items(rows: Sequence[Notification]) -> list[FeedItem]:
    return [FeedItem(row.seq, row.kind, row.message, row.url, row.created_at, row.read_at is None) for row in rows]
