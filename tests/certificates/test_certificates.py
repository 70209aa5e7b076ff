"""A certificate: issued once, frozen, signed, and open to anyone's check."""

import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
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
from nok.credits.models import Approval, Board
from nok.credits.queries import credit_on
from nok.enrollments import service as enrolling
from nok.enrollments.models import Enrollment
from nok.learning.models import Completion
from nok.notifications.models import Notification
from nok.settings import Settings
from tests.factories import courses, people
from tests.pages import Browser, content
from worker import task

EMAIL = "learner@test.example"
NAME = "Zhōu Měilín 周美琳"
TODAY = now().date()


@pytest.fixture
def enrollment_id(app: Flask, tmp_path: Path) -> int:
    """A completed enrollment, of which nobody has been told yet."""
    with app.app_context():
        person = people.person(EMAIL, name=NAME)
        slug = courses.published(tmp_path)
        enrollment = enrolling.enroll(person, slug)
        db.session.flush()
        db.session.add(Completion(enrollment_id=enrollment.id))
        db.session.commit()
        return enrollment.id


def issued(app: Flask, enrollment_id: int) -> Certificate:
    with app.app_context():
        found = service.issue(app.extensions["nok"], enrollment_id)
        db.session.commit()
        return found


def approve(app: Flask, enrollment_id: int, first: date, last: date, number: str = "T-1") -> None:
    with app.app_context():
        course = db.session.get_one(Enrollment, enrollment_id).course_id
        board = db.session.scalar(select(Board)) or Board(code="TEST", name="Board of Tests")
        db.session.add(board)
        db.session.flush()
        db.session.add(
            Approval(
                course_id=course,
                board_id=board.id,
                number=number,
                category="Category 1",
                hours=1.5,
                valid_from=first,
                valid_until=last,
            )
        )
        db.session.commit()


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
    assert browser.submit("/account/profile", fields).status_code == 303
    assert issued(app, enrollment_id).facts["holder_name"] == "Meilin Zhou, L.Ac."


@pytest.mark.parametrize(
    ("first", "last", "claimed"),
    [(-10, 10, ["T-1"]), (0, 0, ["T-1"]), (-10, -1, []), (1, 10, [])],
    ids=["covers", "that day only", "ended the day before", "begins the day after"],
)
def test_credit_is_claimed_when_the_approval_covers_the_day_of_completion(
    first: int, last: int, claimed: list[str], app: Flask, enrollment_id: int, guest: Browser
) -> None:
    approve(app, enrollment_id, TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    certificate = issued(app, enrollment_id)
    hours = content(guest.get(f"/verify/{certificate.serial}.json"))["hours"]
    assert [line["approval"] for line in hours] == claimed
    page = guest.get(f"/verify/{certificate.serial}").text
    assert ("No credit claimed" in page) == (not claimed)
    assert ("Board of Tests" in page) == bool(claimed)


def test_the_day_of_completion_counts_and_not_the_day_of_issue(app: Flask, enrollment_id: int) -> None:
    with app.app_context():
        db.session.get_one(Completion, enrollment_id).completed_at = now() - timedelta(days=30)
        db.session.commit()
    approve(app, enrollment_id, TODAY - timedelta(days=5), TODAY, "NOW")
    approve(app, enrollment_id, TODAY - timedelta(days=40), TODAY - timedelta(days=20), "THEN")
    facts = issued(app, enrollment_id).facts
    assert [line["number"] for line in facts["hours"]] == ["THEN"]
    assert (facts["completed_on"], facts["issued_on"]) == (str(TODAY - timedelta(days=30)), str(TODAY))


def test_the_course_page_claims_credit_on_the_same_terms(app: Flask, enrollment_id: int, guest: Browser) -> None:
    assert "Board of Tests" not in guest.get("/courses/needle-safety").text
    approve(app, enrollment_id, TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    assert "Board of Tests" not in guest.get("/courses/needle-safety").text
    approve(app, enrollment_id, TODAY, TODAY, "T-2")
    page = guest.get("/courses/needle-safety").text
    assert "Board of Tests" in page
    assert "T-2" in page
    assert "T-1" not in page
    with app.app_context():
        course = db.session.get_one(Enrollment, enrollment_id).course_id
        assert [line.number for line in credit_on(course, TODAY)] == ["T-2"]


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
        "serial", "status", "holder_name", "course_title", "statement", "completed_on", "issued_on", "delivery",
        "hours", "teacher_name", "provider_name", "scope_notice", "pdf_sha256", "revoked_at", "revoked_reason",
        "checked_at",
    }  # fmt: skip
    page = guest.get(f"/verify/{certificate.serial}").text
    for private in (EMAIL, "score", str(enrollment_id) + ".pdf", "certificates/NK"):
        assert private not in page.partition("<main")[2].partition("</main>")[0], private
        assert private not in str(shown), private


def test_one_that_was_revoked_says_so_with_its_reason(app: Flask, enrollment_id: int, guest: Browser) -> None:
    serial = issued(app, enrollment_id).serial
    with app.app_context():
        certificate = db.session.scalars(select(Certificate)).one()
        certificate.revoked_at, certificate.revoked_reason = now(), "Issued to the wrong person."
        db.session.commit()
    page = guest.get(f"/verify/{serial}").text
    assert "was revoked" in page
    assert "Issued to the wrong person." in page
    assert "is valid" not in page
    assert content(guest.get(f"/verify/{serial}.json"))["status"] == "revoked"


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
