"""A course with its teacher and a learner, what is in a feed, and the mails that leave."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person, Role
from nok.core.clock import now
from nok.core.db import db
from nok.core.mail import KeptMail, OutboxMailer
from nok.core.outbox import OutboxDelivery
from nok.core.storage import LocalStorage
from nok.enrollments import service as enrolling
from nok.enrollments.models import Enrollment
from nok.notifications.models import Notification
from tests.factories import courses, people
from worker import task

LEARNER, OPERATOR = "learner@test.example", "operator@test.example"
TITLE = "Needles at Zú Sān Lǐ 足三里"

Mails = Callable[[], list[KeptMail]]
Told = Callable[..., list[tuple[str, str, str]]]


@pytest.fixture
def course(app: Flask, tmp_path: Path) -> str:
    """A course of ninety days; the learner in Los Angeles is not in it yet."""
    with app.app_context():
        people.person(LEARNER).time_zone = "America/Los_Angeles"
        people.person(OPERATOR, Role.OPERATOR, "Olga Operator")
        return courses.published(tmp_path, title=TITLE, texts=1, questions=0, more="access_days = 90")


@pytest.fixture
def mails(app: Flask, work: Callable[[], list[str]]) -> Mails:
    """Do the worker's work, and return the mails it has sent since the last look, the oldest first."""
    outbox = OutboxMailer(LocalStorage(app.extensions["nok"].data_dir / "mail"))
    seen = {mail.key for mail in outbox.kept()}

    def sent() -> list[KeptMail]:
        work()
        new = [mail for mail in outbox.kept() if mail.key not in seen]
        seen.update(mail.key for mail in new)
        return new[::-1]

    return sent


@pytest.fixture
def told(app: Flask, work: Callable[[], list[str]]) -> Told:
    """Do the worker's work, and return kind, message and path of what a person was told, the earliest first."""

    def read(email: str = LEARNER) -> list[tuple[str, str, str]]:
        work()
        with app.app_context():
            rows = db.session.execute(
                select(Notification.kind, Notification.message, Notification.url)
                .join(Person, Person.id == Notification.person_id)
                .where(Person.email == email)
                .order_by(Notification.seq)
            )
            return [(row.kind, row.message, row.url) for row in rows]

    return read


@pytest.fixture
def deliver_again(app: Flask, work: Callable[[], list[str]]) -> Callable[[str], None]:
    """Have every delivery to the handlers of this beginning done once more, as if its mark had been lost."""

    def again(handlers: str = "") -> None:
        work()
        with app.app_context():
            found = select(OutboxDelivery).where(OutboxDelivery.handler.startswith(handlers))
            deliveries = list(db.session.scalars(found.order_by(OutboxDelivery.id)))
            for delivery in deliveries:
                delivery.done_at = None
            db.session.commit()
        assert deliveries
        for delivery in deliveries:
            with app.app_context():
                task.perform(delivery.id)

    return again


def person(email: str = LEARNER) -> Person:
    return db.session.scalars(select(Person).where(Person.email == email)).one()


def enroll(app: Flask, course: str, by: str | None = None) -> int:
    """Enroll the learner and return the enrollment's id."""
    with app.app_context():
        enrollment = enrolling.enroll(person(), course, by=person(by) if by else None)
        db.session.commit()
        return enrollment.id


def change(app: Flask, email: str = LEARNER, **values: object) -> None:
    """Change a person."""
    with app.app_context():
        found = person(email)
        for name, value in values.items():
            setattr(found, name, value)
        db.session.commit()


def closes(app: Flask, enrollment_id: int, days: float) -> None:
    """Let the window of access close so many days from now, and have the clock tell of it."""
    with app.app_context():
        enrollment = db.session.get_one(Enrollment, enrollment_id)
        enrollment.access_until, enrollment.ending_told_at = now() + timedelta(days=days), None
        db.session.commit()
        enrolling.tell_endings()
        db.session.commit()
