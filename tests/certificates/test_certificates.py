"""A certificate: issued once, frozen, signed, and open to anyone's check."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person
from nok.certificates import service
from nok.certificates.models import Certificate
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.outbox import OutboxDelivery, OutboxMessage
from nok.core.storage import open_storage
from nok.learning.models import Completion
from nok.notifications.models import Notification
from nok.settings import Settings
from tests.factories import courses
from tests.factories.certificates import EMAIL, NAME, approve, completed, issued
from tests.pages import Browser, content
from worker import task

TODAY = now().date()


@pytest.fixture
def enrollment_id(app: Flask, tmp_path: Path) -> int:
    """A completed enrollment, of which nobody has been told yet."""
    return completed(app, tmp_path)


def test_handled_twice_it_is_issued_once_and_told_once(
    app: Flask, enrollment_id: int, work: Callable[[], list[str]]
) -> None:
    first = issued(app, enrollment_id)
    again = issued(app, enrollment_id)
    assert (first.id, first.serial, first.pdf_sha256) == (again.id, again.serial, again.pdf_sha256)
    work()
    with app.app_context():
        kinds = list(db.session.scalars(select(OutboxMessage.kind)))
        assert kinds.count("CertificateIssued") == 1
        for delivery in db.session.scalars(select(OutboxDelivery)):  # as after a lost acknowledgment
            delivery.done_at = None
        db.session.commit()
        deliveries = list(db.session.scalars(select(OutboxDelivery.id)))
    for delivery_id in deliveries:
        with app.app_context():
            task.perform(delivery_id)
    with app.app_context():
        assert len(db.session.scalars(select(Certificate)).all()) == 1
        told = db.session.scalars(select(Notification).where(Notification.kind == "certificate_ready")).all()
        assert len(told) == 1


def test_without_a_completion_none_is_issued(app: Flask, enrollment_id: int) -> None:
    with app.app_context():
        db.session.delete(db.session.get_one(Completion, enrollment_id))
        db.session.commit()
        with pytest.raises(NotFound):
            service.issue(app.extensions["nok"], enrollment_id)
        with pytest.raises(NotFound):
            service.issue(app.extensions["nok"], enrollment_id + 999)


def test_what_it_says_stays_when_the_profile_and_the_course_change(
    app: Flask, enrollment_id: int, guest: Browser
) -> None:
    certificate = issued(app, enrollment_id)
    before = content(guest.get(f"/verify/{certificate.serial}.json"))
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == EMAIL)).one()
        person.license_name = person.display_name = "Another Name"
        teacher = db.session.scalars(select(Person).where(Person.email == courses.TEACHER)).one()
        teacher.display_name = "Another Teacher"
        db.session.commit()
    approve(app, enrollment_id, TODAY - timedelta(days=1), TODAY + timedelta(days=1))
    after = content(guest.get(f"/verify/{certificate.serial}.json"))
    assert before | {"checked_at": ""} == after | {"checked_at": ""}
    assert after["holder_name"] == NAME
    assert after["teacher_name"] == "Dr. Test Teacher"
    assert after["hours"] == []


def test_the_name_is_the_license_name_and_never_one_from_a_request(
    app: Flask, enrollment_id: int, sign_in: Callable[[str], Browser], work: Callable[[], list[str]]
) -> None:
    browser = sign_in(EMAIL)
    fields = {"display_name": "Mei", "license_name": "Meilin Zhou, L.Ac.", "time_zone": "UTC"}
    fields |= {"language": "", "name_is_right": "y"}
    assert browser.submit("/account/profile", fields).status_code == 303
    assert issued(app, enrollment_id).facts["holder_name"] == "Meilin Zhou, L.Ac."


def test_the_pdf_is_the_one_whose_fingerprint_is_shown(
    app: Flask, enrollment_id: int, guest: Browser, sign_in: Callable[[str], Browser]
) -> None:
    certificate = issued(app, enrollment_id)
    answer = sign_in(EMAIL).get(f"/certificates/{certificate.serial}.pdf", buffered=True)
    assert hashlib.sha256(answer.data).hexdigest() == certificate.pdf_sha256
    assert content(guest.get(f"/verify/{certificate.serial}.json"))["pdf_sha256"] == certificate.pdf_sha256
    assert answer.mimetype == "application/pdf"
    assert "public" not in answer.headers["Cache-Control"]
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages)
    for word in ("Needle Safety", "周美琳", certificate.serial, "no credit claimed"):
        assert word.casefold() in text.casefold(), word


def test_a_serial_typed_in_small_letters_leads_to_the_pdf_as_well(
    app: Flask, enrollment_id: int, guest: Browser
) -> None:
    certificate = issued(app, enrollment_id)
    assert content(guest.get(f"/verify/{certificate.serial.lower()}.json"))["serial"] == certificate.serial


def test_a_check_shows_what_the_certificate_shows_and_no_more(app: Flask, enrollment_id: int, guest: Browser) -> None:
    certificate = issued(app, enrollment_id)
    shown = content(guest.get(f"/verify/{certificate.serial}.json"))
    assert set(shown) == {
        "serial", "status", "holder_name", "licenses", "course_title", "statement", "started_on", "completed_on",
        "issued_on", "delivery", "place", "hours", "total_hours", "test_passed", "teacher_name", "teacher_credentials",
        "provider_name", "provider_address", "provider_contact", "provider_phone", "responsible_person",
        "scope_notice", "keep_years", "pdf_sha256", "revoked_at", "revoked_reason", "checked_at",
    }  # fmt: skip
    page = guest.get(f"/verify/{certificate.serial}").text
    for private in (EMAIL, "score_percent", str(enrollment_id) + ".pdf", "certificates/NK"):
        assert private not in page.partition("<main")[2].partition("</main>")[0], private
        assert private not in str(shown), private


def test_the_key_is_made_once_and_half_a_key_is_refused(tmp_path: Path) -> None:
    settings = Settings.from_env({"NOK_DATA_DIR": str(tmp_path)})
    service.ensure_key(settings)
    first = settings.signing_key.read_bytes()
    service.ensure_key(settings)
    assert settings.signing_key.read_bytes() == first
    assert settings.signing_key.stat().st_mode & 0o077 == 0
    settings.signing_certificate.unlink()
    with pytest.raises(FileNotFoundError, match="backup"):
        service.ensure_key(settings)
    assert settings.signing_key.read_bytes() == first


def test_a_certificate_that_fails_to_be_made_is_made_later(
    app: Flask, enrollment_id: int, work: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["nok"]
    full = replace(settings, storage_dir=Path("/proc/nowhere"))
    with app.app_context():
        with pytest.raises(OSError, match="nowhere"):
            service.issue(full, enrollment_id)
        db.session.rollback()
        assert db.session.scalars(select(Certificate)).all() == []
    assert open_storage(settings).has(issued(app, enrollment_id).pdf_key)


def test_who_waits_is_told_that_it_is_being_made(
    app: Flask, enrollment_id: int, sign_in: Callable[[str], Browser]
) -> None:
    browser = sign_in(EMAIL)
    assert "is being made" in browser.get("/certificates").text
    issued(app, enrollment_id)
    page = browser.get("/certificates").text
    assert "is being made" not in page
    assert "Download PDF" in page
