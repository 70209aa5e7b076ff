"""What a certificate claims: what an approval covers on the day of completion, in the words of the board."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person, TeacherProfile
from nok.core.clock import day_in, now
from nok.core.db import db
from nok.core.storage import open_storage
from nok.credits.queries import credit_on
from nok.enrollments.models import Enrollment
from nok.learning.models import Completion
from tests.factories.certificates import EMAIL, approve, board, completed, issued, license_of
from tests.pages import Browser, content

TODAY = now().date()
EASTERNMOST, WESTERNMOST = "Pacific/Kiritimati", "Pacific/Pago_Pago"  # a day and an hour apart


@pytest.fixture
def enrollment_id(app: Flask, tmp_path: Path) -> int:
    """A completed enrollment, of which nobody has been told yet."""
    return completed(app, tmp_path)


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


@pytest.mark.parametrize(("zone", "claims"), [(EASTERNMOST, True), (WESTERNMOST, False)])
def test_the_course_page_claims_credit_by_its_viewers_own_day(
    zone: str, *, claims: bool, app: Flask, enrollment_id: int, sign_in: Callable[[str], Browser]
) -> None:
    with app.app_context():
        db.session.scalars(select(Person).where(Person.email == EMAIL)).one().time_zone = zone
        db.session.commit()
    day = day_in(EASTERNMOST, now())  # it is the day before, or the one before that, in the West
    approve(app, enrollment_id, day, day)
    assert ("Board of Tests" in sign_in(EMAIL).get("/courses/needle-safety").text) == claims


@pytest.mark.parametrize("zone", [EASTERNMOST, WESTERNMOST])
def test_the_file_was_not_made_after_the_day_it_was_issued(zone: str, app: Flask, enrollment_id: int) -> None:
    with app.app_context():
        db.session.scalars(select(Person).where(Person.email == EMAIL)).one().time_zone = zone
        db.session.commit()
    certificate = issued(app, enrollment_id)
    stored = open_storage(app.extensions["nok"]).read(certificate.pdf_key)
    made = pypdf.PdfReader(io.BytesIO(stored)).metadata
    assert made is not None
    assert made.creation_date is not None
    assert made.creation_date <= now()
    assert certificate.facts["issued_on"] == str(day_in(zone, now()))


@pytest.mark.parametrize(
    ("moment", "claimed"),
    [(datetime(2026, 3, 2, 7, 59, tzinfo=UTC), ["T-1"]), (datetime(2026, 3, 2, 8, tzinfo=UTC), [])],
)
def test_the_day_is_the_holders_own_day(moment: datetime, claimed: list[str], app: Flask, enrollment_id: int) -> None:
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == EMAIL)).one()
        person.time_zone = "America/Los_Angeles"  # eight hours behind
        db.session.get_one(Completion, enrollment_id).completed_at = moment
        db.session.commit()
    approve(app, enrollment_id, date(2026, 2, 1), date(2026, 3, 1))
    facts = issued(app, enrollment_id).facts
    assert [line["number"] for line in facts["hours"]] == claimed
    assert facts["completed_on"] == ("2026-03-01" if claimed else "2026-03-02")


def test_it_carries_what_each_board_asks(app: Flask, enrollment_id: int, guest: Browser) -> None:
    with app.app_context():
        board("US-CA-CAB", "California Acupuncture Board", provider_number="DEMO-0000", keep_years=4)
        board("US-NCCAOM", "NCCAOM", provider_number="DEMO-0001", keep_years=7)
    for category, hours in (("Safety", "1"), ("Ethics", "0.5")):
        approve(app, enrollment_id, TODAY, TODAY, "DEMO-N", code="US-NCCAOM", category=category, hours=hours)
    approve(app, enrollment_id, TODAY, TODAY, "DEMO-C", code="US-CA-CAB", delivery="online, on demand")
    certificate = issued(app, enrollment_id)
    facts = certificate.facts
    assert [(line["board_code"], line["category"], line["hours"]) for line in facts["hours"]] == [
        ("US-CA-CAB", "Category 1", "1.5"), ("US-NCCAOM", "Ethics", "0.5"), ("US-NCCAOM", "Safety", "1"),
    ]  # fmt: skip
    assert (facts["total_hours"], facts["keep_years"]) == ("1.5", 7)
    assert facts["hours"][0]["provider_number"] == "DEMO-0000"
    assert facts["provider_phone"]
    assert facts["place"].startswith("http")
    shown = content(guest.get(f"/verify/{certificate.serial}.json"))
    assert shown["hours"][0] == {
        "board": "California Acupuncture Board", "provider_number": "DEMO-0000", "approval": "DEMO-C",
        "valid_from": str(TODAY), "valid_until": str(TODAY), "category": "Category 1",
        "delivery": "online, on demand", "hours": "1.5",
    }  # fmt: skip
    page = guest.get(f"/verify/{certificate.serial}").text
    for word in ("provider DEMO-0000", "DEMO-C", "Ethics", "at least 7 years"):
        assert word in page, word


def test_the_licenses_of_the_day_are_named_and_nobody_else_reads_them_whole(
    app: Flask, enrollment_id: int, guest: Browser
) -> None:
    with app.app_context():
        board("US-CA-CAB", "California Acupuncture Board")
        person_id = db.session.get_one(Enrollment, enrollment_id).person_id
        license_of(person_id, "US-FL", "AP 99887", "FL")
        license_of(person_id, "US-CA-CAB", "AC 12345", "CA")
        license_of(person_id, "US-TX", "TX 55555", "TX", TODAY - timedelta(days=1))
    approve(app, enrollment_id, TODAY, TODAY, code="US-CA-CAB")
    certificate = issued(app, enrollment_id)
    named = [(held["state"], held["number"]) for held in certificate.facts["holder_licenses"]]
    assert named == [("CA", "AC 12345"), ("FL", "AP 99887")], "who gives credit first, what had expired not at all"
    shown, page = content(guest.get(f"/verify/{certificate.serial}.json")), guest.get(f"/verify/{certificate.serial}")
    assert [held["number"] for held in shown["licenses"]] == ["•••45", "•••87"]
    assert "•••45" in page.text
    for secret in ("12345", "AC 1", "99887", "AP 9"):
        assert secret not in page.text
        assert secret not in str(shown)


def test_more_licenses_than_the_page_has_room_for_cost_nobody_the_certificate(app: Flask, enrollment_id: int) -> None:
    with app.app_context():
        person_id = db.session.get_one(Enrollment, enrollment_id).person_id
        for number in range(12):
            license_of(person_id, "US-CA-CAB", f"AC {number}", "CA")
    assert len(issued(app, enrollment_id).facts["holder_licenses"]) == 6


def test_a_letter_of_the_teachers_that_no_font_has_is_left_out(app: Flask, enrollment_id: int) -> None:
    with app.app_context():
        teacher = db.session.scalars(select(Person).join(TeacherProfile)).one()
        teacher.display_name = "Dr. Test 🌿 Teacher"
        db.session.commit()
    assert issued(app, enrollment_id).facts["teacher_name"] == "Dr. Test Teacher"


def test_the_holder_sees_hours_by_board(app: Flask, enrollment_id: int, sign_in: Callable[[str], Browser]) -> None:
    approve(app, enrollment_id, TODAY, TODAY)
    approve(app, enrollment_id, TODAY, TODAY, "T-2", category="Category 2", hours="0.75")
    issued(app, enrollment_id)
    page = sign_in(EMAIL).get("/certificates").text
    assert "0.75 hours · Board of Tests · Category 2" in page
    table = page.partition("Hours by board</h2>")[2].partition("</table>")[0]
    assert "Board of Tests" in table
    assert ">2.25<" in table
