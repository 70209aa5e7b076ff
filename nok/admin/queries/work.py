"""Deliveries that failed: what the worker tries again by itself, and what it has set aside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from nok.admin.queries import lists
from nok.core.db import db, locked
from nok.core.errors import NotFound
from nok.core.outbox import OutboxDelivery, OutboxMessage
from nok.core.pagination import Page


@dataclass(frozen=True)
class FailedWork:
    """A delivery that failed and is not done. `set_aside_at` is when the worker gave it up; before, it tries again."""

    id: int
    handler: str
    kind: str
    payload: dict[str, Any]
    attempts: int
    last_error: str
    created_at: datetime
    due_at: datetime
    set_aside_at: datetime | None


def failed(number: int) -> Page[FailedWork]:
    """Return a page of it: what was set aside first, then what will be tried again, the latest first."""
    statement = (
        select(
            OutboxDelivery.id,
            OutboxDelivery.handler,
            OutboxMessage.kind,
            OutboxMessage.payload,
            OutboxDelivery.attempts,
            OutboxDelivery.last_error,
            OutboxMessage.created_at,
            OutboxDelivery.due_at,
            OutboxDelivery.set_aside_at,
        )
        .join(OutboxMessage, OutboxMessage.id == OutboxDelivery.message_id)
        .where(*_failed())
        .order_by(OutboxDelivery.set_aside_at.is_(None), OutboxDelivery.id.desc())
    )
    return lists.page(statement, FailedWork, number)


def failed_count() -> Select[*tuple[Any, ...]]:
    """Return the SELECT of how much work failed and is not done."""
    return select(func.count()).select_from(OutboxDelivery).where(*_failed())


def delivery(delivery_id: int) -> OutboxDelivery:
    """Return a delivery that failed and is not done, locked until the commit; raise NotFound."""
    found = db.session.scalar(locked(select(OutboxDelivery).where(OutboxDelivery.id == delivery_id, *_failed())))
    if found is None:
        raise NotFound
    return found


def _failed() -> tuple[Any, ...]:
    return OutboxDelivery.done_at.is_(None), OutboxDelivery.last_error.is_not(None)
