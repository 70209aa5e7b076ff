"""The worker's own code, run here until the outbox is empty."""

from flask import Flask
from sqlalchemy import select

from nok.core.db import db
from nok.core.outbox import OutboxDelivery
from worker import outbox, task


def work_off(app: Flask) -> list[str]:
    """Drain and deliver until nothing waits; return the names of the handlers that ran, in order."""
    ran: list[str] = []
    while True:
        sent = _drain(app)
        for delivery_id in sent:
            with app.app_context():
                task.perform(delivery_id)
            with app.app_context():
                delivery = db.session.scalars(select(OutboxDelivery).where(OutboxDelivery.id == delivery_id)).one()
                assert delivery.last_error is None, delivery.last_error
                ran.append(delivery.handler)
        if not sent:
            return ran


def _drain(app: Flask) -> list[int]:
    sent: list[int] = []
    with app.app_context():
        outbox.drain(lambda delivery_id, _queue: sent.append(delivery_id))
    return sent
