"""Drain and sweep: from a row that tells of something to a task for each who hears it.

Nothing here trusts the broker. A row is dispatched when its deliveries are committed; a delivery that is not done when
it is due is simply sent again. Sending twice is harmless: whoever comes second finds it done or locked.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import select

from nok.core.clock import now
from nok.core.db import db
from nok.core.outbox import OutboxDelivery, OutboxMessage
from worker.routes import MESSAGES, ROUTES

BATCH = 200
SEND_AGAIN_AFTER = timedelta(seconds=30)

Send = Callable[[int, str], None]
"""Send the delivery with this id to this queue; may fail, may lose it."""


def drain(send: Send) -> int:
    """Dispatch every waiting message, in batches; return how many."""
    count = 0
    while True:
        made = _dispatch_batch()
        if made is None:
            return count
        count += 1
        _send_all(made, send)


def sweep(send: Send) -> int:
    """Drain, then send again what is due and not done; return how many deliveries were sent again."""
    drain(send)
    moment = now()
    late = db.session.scalars(
        select(OutboxDelivery)
        .where(
            OutboxDelivery.done_at.is_(None),
            OutboxDelivery.set_aside_at.is_(None),
            OutboxDelivery.due_at <= moment,
        )
        .order_by(OutboxDelivery.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for delivery in late:
        delivery.due_at = moment + SEND_AGAIN_AFTER
    db.session.commit()
    _send_all(late, send)
    return len(late)


def _dispatch_batch() -> list[OutboxDelivery] | None:
    """Make the deliveries of up to BATCH messages; None when no message waits."""
    messages = db.session.scalars(
        select(OutboxMessage)
        # A kind we do not know belongs to a newer version that is being rolled out: its worker will take it.
        .where(OutboxMessage.dispatched_at.is_(None), OutboxMessage.kind.in_(MESSAGES))
        .order_by(OutboxMessage.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    moment = now()
    made = [
        OutboxDelivery(message_id=message.id, handler=route.name, queue=route.queue, due_at=moment + SEND_AGAIN_AFTER)
        for message in messages
        for route in ROUTES[MESSAGES[message.kind]]
    ]
    for message in messages:
        message.dispatched_at = moment
    db.session.add_all(made)
    db.session.commit()
    return made if messages else None


def _send_all(deliveries: Sequence[OutboxDelivery], send: Send) -> None:
    for delivery in deliveries:
        send(delivery.id, delivery.queue)
