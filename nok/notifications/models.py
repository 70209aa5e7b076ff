"""Notifications, and each person's count of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nok.core.db import BigId, Created, Id, Model, Moment, Prose, UtcDateTime


class Feed(Model):
    """The last sequence given to a person. Taking the next one locks the row, so sequences commit in order."""

    __tablename__ = "feed"

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    last_seq: Mapped[int] = mapped_column(BigId, default=0)


class Notification(Model):
    """One event told to one person. `message` is plain text in the person's language, `url` a path of ours."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("person_id", "event_key"),
        UniqueConstraint("person_id", "seq"),
        Index("ix_notification_unread", "person_id", "read_at"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(BigId)
    kind: Mapped[str] = mapped_column(String(40))
    event_key: Mapped[str] = mapped_column(String(120))
    message: Mapped[Prose]
    url: Mapped[str] = mapped_column(String(400))
    created_at: Mapped[Created]
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NotificationChoice(Model):
    """Whether a person wants to be told of a kind in one way; without a row they are."""

    __tablename__ = "notification_choice"

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10), primary_key=True)
    wanted: Mapped[bool]
    changed_at: Mapped[Moment]
