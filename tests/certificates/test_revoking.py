"""Revoked in the open: who checks it, who holds it and who is told all read the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person, Role
from nok.certificates import queries, service
from nok.certificates.models import Certificate
from nok.core.audit import AuditLine
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Conflict, Invalid
from nok.core.mail import OutboxMailer
from nok.core.storage import LocalStorage
from nok.notifications.models import Notification
from tests.factories import people
from tests.factories.certificates import EMAIL, approve, completed, issued
from tests.pages import Browser, content

REASON = "Issued to the wrong person."
TODAY = now().date()


@pytest.fixture
def certificate(app: Flask, tmp_path: Path) -> Certificate:
    enrollment_id = completed(app, tmp_path)
    approve(app, enrollment_id, TODAY, TODAY)
    return issued(app, enrollment_id)


@pytest.fixture
def operator_id(app: Flask) -> int:
    with app.app_context():
        return people.person("operator@test.example", Role.OPERATOR, "Olga Operator").id


def revoke(app: Flask, certificate_id: int, operator_id: int, reason: str = REASON) -> None:
    with app.app_context():
        actor = db.session.get_one(Person, operator_id)
        service.revoke(queries.certificate(certificate_id), reason, actor)
        db.session.commit()


def test_whoever_checks_it_reads_that_and_when_and_why(
    app: Flask, certificate: Certificate, operator_id: int, guest: Browser
) -> None:
    revoke(app, certificate.id, operator_id, f"  {REASON}\n")
    answer = guest.get(f"/verify/{certificate.serial}")
    assert answer.status_code == 200
    assert "This certificate was revoked</h1>" in answer.text
    assert REASON in answer.text
    assert "is valid" not in answer.text
    shown = content(guest.get(f"/verify/{certificate.serial}.json"))
    assert (shown["status"], shown["revoked_reason"]) == ("revoked", REASON)
    assert shown["revoked_at"].startswith(str(TODAY))
    assert "operator" not in str(shown).lower()


def test_the_holder_is_told_and_keeps_the_pdf_and_no_hours(
    app: Flask,
    certificate: Certificate,
    operator_id: int,
    work: Callable[[], list[str]],
    sign_in: Callable[[str], Browser],
) -> None:
    browser = sign_in(EMAIL)
    assert "Hours by board" in browser.get("/certificates").text
    revoke(app, certificate.id, operator_id)
    work()
    page = browser.get("/certificates").text
    assert "Revoked" in page
    assert REASON in page
    assert "Hours by board" not in page
    assert "Download the revoked PDF" in page
    assert browser.get(f"/certificates/{certificate.serial}.pdf", buffered=True).data.startswith(b"%PDF-")
    with app.app_context():
        told = db.session.scalars(select(Notification).where(Notification.kind == "certificate_revoked")).one()
        assert told.url == f"/verify/{certificate.serial}"
        mails = OutboxMailer(LocalStorage(app.extensions["nok"].data_dir / "mail")).kept()
        assert any(REASON in str(mail) for mail in mails)


def test_it_is_on_record_who_did_it(app: Flask, certificate: Certificate, operator_id: int) -> None:
    revoke(app, certificate.id, operator_id)
    with app.app_context():
        row = db.session.get_one(Certificate, certificate.id)
        assert (row.revoked_by_id, row.revoked_reason) == (operator_id, REASON)
        line = db.session.scalars(select(AuditLine).where(AuditLine.action == "certificate.revoked")).one()
        assert (line.actor_id, line.subject) == (operator_id, f"certificate:{certificate.id}")
        assert line.details == {"serial": certificate.serial, "reason": REASON}


def test_a_second_time_is_refused_and_changes_nothing(app: Flask, certificate: Certificate, operator_id: int) -> None:
    revoke(app, certificate.id, operator_id)
    with pytest.raises(Conflict):
        revoke(app, certificate.id, operator_id, "Another reason.")
    with app.app_context():
        assert db.session.get_one(Certificate, certificate.id).revoked_reason == REASON


@pytest.mark.parametrize("reason", ["", " \n\t ", "x" * 501])
def test_a_reason_is_asked_for(reason: str, app: Flask, certificate: Certificate, operator_id: int) -> None:
    with pytest.raises(Invalid):
        revoke(app, certificate.id, operator_id, reason)
    with app.app_context():
        assert db.session.get_one(Certificate, certificate.id).revoked_at is None


def test_none_is_made_in_its_place(app: Flask, certificate: Certificate, operator_id: int) -> None:
    revoke(app, certificate.id, operator_id)
    assert issued(app, certificate.enrollment_id).id == certificate.id
