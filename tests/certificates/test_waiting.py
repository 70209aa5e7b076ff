"""No certificate before its holder has confirmed the name that it will carry for good."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from nok.accounts.models import Person
from nok.certificates import service
from nok.certificates.models import Certificate
from nok.core.clock import now
from nok.core.db import db
from nok.core.outbox import OutboxMessage, publish
from nok.learning.messages import CourseCompleted
from nok.learning.models import Completion
from nok.notifications.models import Notification
from tests.factories.certificates import EMAIL, completed
from tests.pages import Browser

Work = Callable[[], list[str]]


@pytest.fixture
def enrollment_id(app: Flask, tmp_path: Path) -> int:
    """A completed enrollment of someone who has not confirmed their name; word of it is on its way."""
    made = completed(app, tmp_path, confirmed=False)
    with app.app_context():
        publish(CourseCompleted(made))
        db.session.commit()
    return made


def certificates(app: Flask) -> list[Certificate]:
    with app.app_context():
        return list(db.session.scalars(select(Certificate)))


def told(app: Flask, kind: str) -> list[Notification]:
    with app.app_context():
        return list(db.session.scalars(select(Notification).where(Notification.kind == kind)))


def test_it_waits_and_the_holder_is_told_once_and_where_to_go(
    app: Flask, enrollment_id: int, work: Work, sign_in: Callable[[str], Browser]
) -> None:
    work()
    for _ in range(2):
        with app.app_context():
            assert service.issue(app.extensions["nok"], enrollment_id) is None
            db.session.commit()
    work()
    assert certificates(app) == []
    with app.app_context():
        waiting = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == "CertificateWaiting")
        assert db.session.scalar(waiting) == 1
    (notification,) = told(app, "certificate_waiting")
    assert notification.url == "/account/license-name"
    page = sign_in(EMAIL).get("/certificates").text
    assert "Waiting for your name" in page
    assert 'href="/account/license-name"' in page
    assert "is being made" not in page


def test_a_certificate_that_does_not_come_is_not_said_to_take_seconds(
    app: Flask, enrollment_id: int, sign_in: Callable[[str], Browser]
) -> None:
    browser = sign_in(EMAIL)
    browser.submit("/account/license-name", {"license_name": "Zhou Meilin"})
    assert "It takes a few seconds" in browser.get("/certificates").text
    with app.app_context():
        long_ago = now() - timedelta(minutes=30)
        db.session.execute(update(Completion).values(completed_at=long_ago))
        db.session.execute(update(Person).values(license_name_confirmed_at=long_ago))
        db.session.commit()
    assert "takes longer than it should" in browser.get("/certificates").text


def test_once_the_name_is_confirmed_all_that_waited_are_issued_with_that_name(
    app: Flask, enrollment_id: int, work: Work, sign_in: Callable[[str], Browser]
) -> None:
    work()
    browser = sign_in(EMAIL)
    assert browser.submit("/account/license-name", {"license_name": "Meilin Zhou 周美琳"}).status_code == 303
    assert "is being made" in browser.get("/certificates").text
    work()
    (certificate,) = certificates(app)
    assert certificate.enrollment_id == enrollment_id
    assert certificate.facts["holder_name"] == "Meilin Zhou 周美琳"
    assert len(told(app, "certificate_ready")) == 1
    browser.submit("/account/license-name", {"license_name": "Another Name"})
    work()
    assert [row.facts["holder_name"] for row in certificates(app)] == ["Meilin Zhou 周美琳"]


def test_who_confirms_before_the_word_is_out_is_not_asked_again(
    app: Flask, enrollment_id: int, work: Work, sign_in: Callable[[str], Browser]
) -> None:
    sign_in(EMAIL).submit("/account/license-name", {"license_name": "Meilin Zhou"})
    work()
    assert len(certificates(app)) == 1
    assert told(app, "certificate_waiting") == []
    assert len(told(app, "certificate_ready")) == 1
