"""Messages that leave in the same transaction as what they tell of.

`publish` adds a row; when the transaction commits, the broker is nudged (see `nok.core.broker`) and the worker drains:
it makes one delivery for each handler of the message and sends its id through Celery. A delivery is done when the
handler's own transaction, which marks it, commits. Whatever is lost on the way is found again by the periodic sweep.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any, ClassVar, Protocol

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Session, mapped_column

from nok.core.broker import courier
from nok.core.clock import now
from nok.core.db import BigId, Created, Data, Id, Model, UtcDateTime, db
from nok.core.logs import current_request_id

_PENDING = "nok.outbox"


class Message(Protocol):
    """A frozen dataclass of ids (JSON numbers and texts)."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


class OutboxMessage(Model):
    """Something that happened, waiting to be told; `dispatched_at` is set once its deliveries exist."""

    __tablename__ = "outbox_message"
    __table_args__ = (Index("ix_outbox_message_waiting", "dispatched_at", "id"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(80))
    payload: Mapped[Data]
    request_id: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[Created]
    dispatched_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class OutboxDelivery(Model):
    """One message on its way to one handler. `due_at` is when the sweep may send it again.

    Until `held_until` a worker is at it that keeps no lock; should it die, another one takes over after that.
    """

    __tablename__ = "outbox_delivery"
    __table_args__ = (
        UniqueConstraint("message_id", "handler"),
        Index("ix_outbox_delivery_due", "done_at", "set_aside_at", "due_at"),
    )

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(BigId, ForeignKey("outbox_message.id", ondelete="CASCADE"))
    handler: Mapped[str] = mapped_column(String(80))
    queue: Mapped[str] = mapped_column(String(20))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    held_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    set_aside_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str | None] = mapped_column(Text)


def publish(message: Message) -> None:
    """Tell `message` to whoever is routed to hear it, if and when the current transaction commits."""
    db.session.add(
        OutboxMessage(
            kind=type(message).__name__,
            payload=asdict(message),
            request_id=current_request_id(),
            created_at=now(),
        )
    )
    db.session.info[_PENDING] = True


def send_again(delivery: OutboxDelivery) -> None:
    """Have a delivery that failed tried anew with the next sweep, with all its attempts before it."""
    delivery.attempts, delivery.due_at, delivery.set_aside_at = 0, now(), None


@event.listens_for(Session, "after_commit")
def _nudge(session: Session) -> None:
    # Also fired when a SAVEPOINT is released; then nothing is safe yet.
    if not session.in_nested_transaction() and session.info.pop(_PENDING, False):
        courier.nudge()


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():  # a savepoint undone takes back nothing that was told outside of it
        session.info.pop(_PENDING, None)
