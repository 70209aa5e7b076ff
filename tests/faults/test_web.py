"""The web process killed while people enroll, and stopped while a request is under way."""

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from nok.accounts.models import Person
from nok.core.audit import AuditLine
from nok.core.db import db
from nok.core.outbox import OutboxMessage
from nok.enrollments.models import Enrollment
from tests.faults.conftest import SLUG
from tests.faults.learners import add_people
from tests.faults.product import Product, inside
from tests.faults.visitor import LOST, Visitor
from tests.servers import wait_until

PEOPLE = 16


@pytest.mark.timeout(240)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_was_acknowledged_is_there_and_nothing_by_halves(install: Callable[..., Product], database: str) -> None:
    product = install(database)
    emails = add_people(product.settings, PEOPLE)
    visitors = {email: Visitor(product.address) for email in emails}
    for email, visitor in visitors.items():
        visitor.sign_in(email)
        visitor.use_token()
    acknowledged: set[str] = set()

    def enroll(email: str, place: int) -> None:
        time.sleep(place * 0.02)
        try:
            if visitors[email].post(f"/courses/{SLUG}/enroll").status == 303:
                acknowledged.add(email)
        except LOST:
            pass

    with ThreadPoolExecutor(PEOPLE) as pool:
        for place, email in enumerate(emails):
            pool.submit(enroll, email, place)
        wait_until(lambda: len(acknowledged) >= 3, "the first answers")
        product.kill("web", children=True)
    with inside(product.settings):
        enrolled = check_whole()
    assert acknowledged <= enrolled
    wait_until(lambda: _answers(product), "the web's return", 60)
    check_pages(visitors, enrolled)


def check_whole() -> set[str]:
    """Each enrollment with its audit line and its message, or nothing of it; who is enrolled."""
    enrolled = select(Person.email, Enrollment.id).join(Enrollment, Enrollment.person_id == Person.id)
    rows = db.session.execute(enrolled).all()
    told = db.session.scalars(select(OutboxMessage.payload).where(OutboxMessage.kind == "EnrollmentStarted")).all()
    assert sorted(payload["enrollment_id"] for payload in told) == sorted(number for _, number in rows)
    lines = select(func.count()).select_from(AuditLine).where(AuditLine.action == "enrollment.started")
    assert db.session.scalar(lines) == len(rows)
    return {email for email, _ in rows}


def check_pages(visitors: dict[str, Visitor], enrolled: set[str]) -> None:
    """Signed in as before; who is enrolled sees it, and who is not can enroll now."""
    for email, visitor in visitors.items():
        page = visitor.get("/learn")
        assert page.status == 200
        assert ("Needle Safety" in page.text) is (email in enrolled)
        assert visitor.post(f"/courses/{SLUG}/enroll").status == 303
    assert all("Needle Safety" in visitor.get("/learn").text for visitor in visitors.values())


def _answers(product: Product) -> bool:
    try:
        return Visitor(product.address).get("/readyz").status == 200
    except LOST:
        return False


@pytest.mark.timeout(150)
def test_a_stop_finishes_what_is_under_way_and_ends_streams(install: Callable[..., Product]) -> None:
    product = install()
    visitor = Visitor(product.address)
    visitor.sign_in(add_people(product.settings, 1)[0])
    visitor.use_token()
    with ThreadPoolExecutor(3) as pool:
        stream = pool.submit(lambda: visitor.get("/events", {"Accept": "text/event-stream"}).text)
        time.sleep(1)
        held = sqlite3.connect(product.settings.data_dir / "nok.sqlite3", isolation_level=None)
        held.execute("BEGIN IMMEDIATE")  # whoever wants to write has to wait
        slow = pool.submit(lambda: visitor.post(f"/courses/{SLUG}/enroll").status)
        time.sleep(0.7)
        begun = time.monotonic()
        stopped = pool.submit(product.stop)
        time.sleep(2)
        held.execute("ROLLBACK")
        held.close()
        assert slow.result(20) == 303
        assert "bye" not in stream.result(20), "a goodbye is for good: a page must come back after a restart"
        stopped.result(60)
    assert time.monotonic() - begun < 20, "the stop does not wait for streams"
    product.start()
    assert "Needle Safety" in visitor.get("/learn").text
