"""Ten people complete a course while worker and broker are killed: ten certificates, each told once."""

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from nok.certificates.models import Certificate
from nok.core.db import db
from nok.core.outbox import OutboxDelivery
from nok.core.storage import open_storage
from nok.learning.models import Completion
from nok.notifications.models import Notification
from tests.faults.conftest import SLUG
from tests.faults.learners import Learner, add_people, right_answers
from tests.faults.product import Product, inside
from tests.faults.visitor import Visitor
from tests.servers import wait_until

PEOPLE = 10
VICTIMS = ("worker", "broker", "worker", "broker", "worker", "broker")


@contextmanager
def killing(product: Product, victims: tuple[str, ...], every: float) -> Iterator[list[str]]:
    """Kill the parts in turn, -9, as long as the block runs; what was killed."""
    killed: list[str] = []
    over = threading.Event()

    def kill() -> None:
        for victim in itertools.cycle(victims):
            if over.wait(every * random.uniform(0.6, 1.4)) or len(killed) >= len(victims):
                return
            product.kill(victim)
            killed.append(victim)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
        thread.join(60)
    finally:
        over.set()
        thread.join()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_ten_certificates_each_told_once(install: Callable[..., Product], database: str) -> None:
    product = install(database)
    emails = add_people(product.settings, PEOPLE)
    answers = right_answers(product.settings)
    learners = [Learner(product.address, email, SLUG, answers, pause=0.8) for email in emails]
    with killing(product, VICTIMS, every=1.0) as killed, ThreadPoolExecutor(PEOPLE) as pool:
        for done in [pool.submit(learner.complete) for learner in learners]:
            done.result()
    assert len(killed) == len(VICTIMS)
    with inside(product.settings):
        assert db.session.scalar(select(func.count()).select_from(Completion)) == PEOPLE
        wait_until(_all_delivered, "the delivery of everything", 150)
        time.sleep(1)
        serials = check_certificates(product)
    check_feeds(product, emails, serials)


def _all_delivered() -> bool:
    db.session.rollback()
    issued = db.session.scalar(select(func.count()).select_from(Certificate)) or 0
    waiting = select(func.count()).select_from(OutboxDelivery).where(OutboxDelivery.done_at.is_(None))
    told = select(func.count()).select_from(Notification).where(Notification.kind == "certificate_ready")
    everything = issued >= PEOPLE and not db.session.scalar(waiting) and (db.session.scalar(told) or 0) >= PEOPLE
    db.session.rollback()
    return everything


def check_certificates(product: Product) -> list[str]:
    """Ten rows, ten files that are theirs, ten notifications."""
    certificates = db.session.scalars(select(Certificate)).all()
    assert len(certificates) == PEOPLE
    assert len({certificate.person_id for certificate in certificates}) == PEOPLE
    storage = open_storage(product.settings)
    assert all(storage.read(certificate.pdf_key).startswith(b"%PDF-") for certificate in certificates)
    kinds = db.session.execute(
        select(Notification.kind, Notification.person_id, func.count())
        .where(Notification.kind.in_(["certificate_ready", "enrolled"]))
        .group_by(Notification.kind, Notification.person_id)
    ).all()
    assert sorted({(kind, count) for kind, _, count in kinds}) == [("certificate_ready", 1), ("enrolled", 1)]
    assert len(kinds) == 2 * PEOPLE
    return [certificate.serial for certificate in certificates]


def check_feeds(product: Product, emails: list[str], serials: list[str]) -> None:
    """What each of them sees: one certificate, told once."""
    seen = set()
    for email in emails:
        visitor = Visitor(product.address)
        visitor.sign_in(email)
        assert visitor.get("/notifications").text.count("is ready") == 1
        page = visitor.get("/certificates").text
        mine = [serial for serial in serials if serial in page]
        assert len(mine) == 1
        assert visitor.get(f"/certificates/{mine[0]}.pdf").body.startswith(b"%PDF-")
        seen.update(mine)
    assert len(seen) == PEOPLE
