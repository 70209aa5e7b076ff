"""The tasks that Celery knows: drain, sweep, and the envelope around every handler."""

import random
import time
from datetime import timedelta

import structlog
from flask_babel import force_locale
from sqlalchemy import or_, select

from nok.core import logs
from nok.core.clock import now
from nok.core.db import begin_writing, db
from nok.core.errors import Conflict
from nok.core.outbox import OutboxDelivery, OutboxMessage
from nok.core.storage import open_storage
from nok.core.tokens import fingerprint
from nok.enrollments import service as enrollments
from worker import outbox
from worker.app import celery, flask_app, settings
from worker.context import Context
from worker.routes import HANDLERS, MESSAGES

MOST_ATTEMPTS = 16  # with the pauses, an outage of an hour and a half
LONGEST_PAUSE = 600
BUSY_PAUSE = 10
HOLD = timedelta(minutes=3)  # longer than the slowest mail server is borne with
log = structlog.get_logger()


@celery.task(name="outbox.drain")
def drain() -> None:
    """Dispatch what waits in the outbox."""
    with flask_app().app_context():
        begin_writing()
        outbox.drain(_send)


@celery.task(name="outbox.sweep")
def sweep() -> None:
    """Drain, and send again what got lost."""
    with flask_app().app_context():
        begin_writing()
        again = outbox.sweep(_send)
        if again:
            log.info("outbox_swept", sent_again=again)


@celery.task(name="enrollments.tell_endings")
def tell_endings() -> None:
    """Tell those whose access ends within a week, a batch in a transaction of its own."""
    with flask_app().app_context():
        begin_writing()
        while enrollments.tell_endings():
            db.session.commit()


@celery.task(name="outbox.deliver")
def deliver(delivery_id: int) -> None:
    """Run one handler in one transaction, which also marks the delivery as done."""
    with flask_app().app_context(), force_locale("en"):
        begin_writing()
        perform(delivery_id)


def perform(delivery_id: int) -> None:
    """Deliver, unless it is done, set aside, or in another worker's hands; a failure is written down for the sweep."""
    started = time.perf_counter()
    row = db.session.execute(
        select(OutboxDelivery, OutboxMessage)
        .join(OutboxMessage, OutboxMessage.id == OutboxDelivery.message_id)
        .where(
            OutboxDelivery.id == delivery_id,
            OutboxDelivery.done_at.is_(None),
            OutboxDelivery.set_aside_at.is_(None),
            or_(OutboxDelivery.held_until.is_(None), OutboxDelivery.held_until <= now()),
        )
        .with_for_update(of=OutboxDelivery, skip_locked=True)
    ).one_or_none()
    if row is None:
        db.session.rollback()
        return
    delivery, message = row
    logs.bind(request_id=message.request_id, delivery=delivery_id, handler=delivery.handler)
    try:
        HANDLERS[delivery.handler].handler(MESSAGES[message.kind](**message.payload), _context(delivery, message))
        delivery.done_at = now()
        db.session.commit()
    except Exception as error:  # noqa: BLE001  whatever went wrong is written down, and tried again later
        db.session.rollback()
        _note_failure(delivery_id, error)
        return
    log.info("delivered", ms=round((time.perf_counter() - started) * 1000, 1))


def _note_failure(delivery_id: int, error: Exception) -> None:
    delivery = db.session.get_one(OutboxDelivery, delivery_id, with_for_update=True)
    delivery.held_until = None
    if isinstance(error, Conflict):  # someone else is at it: not a failure
        delivery.due_at = now() + timedelta(seconds=BUSY_PAUSE)
        db.session.commit()
        return
    delivery.attempts += 1
    delivery.last_error = f"{type(error).__name__}: {error}"[:2000]
    pause = min(2**delivery.attempts, LONGEST_PAUSE) * random.uniform(0.75, 1.25)  # noqa: S311  jitter, not a secret
    delivery.due_at = now() + timedelta(seconds=pause)
    if delivery.attempts >= MOST_ATTEMPTS:
        delivery.set_aside_at = now()
    db.session.commit()
    log.error(
        "delivery_failed",
        attempts=delivery.attempts,
        set_aside=delivery.set_aside_at is not None,
        exc_info=error,
    )


def _context(delivery: OutboxDelivery, message: OutboxMessage) -> Context:
    def hold() -> None:
        delivery.held_until = delivery.due_at = now() + HOLD
        db.session.commit()

    event = fingerprint(f"{message.created_at.isoformat()} {delivery.id} {delivery.handler}")
    return Context(settings, open_storage(settings), db.session.commit, hold, event)


def _send(delivery_id: int, queue: str) -> None:
    try:
        celery.send_task("outbox.deliver", [delivery_id], queue=queue, retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001  the sweep sends it again
        log.warning("broker_unreachable", error=str(error))
