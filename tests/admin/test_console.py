"""What an operator finds, changes, and cannot do; what each act leaves in the log."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts import queries as accounts
from nok.accounts.models import Person, Role
from nok.certificates.models import Certificate
from nok.core.audit import AuditLine
from nok.core.db import db
from nok.core.outbox import OutboxDelivery
from nok.enrollments.models import EndReason, Enrollment
from tests.factories import courses, world
from tests.factories.world import World
from tests.pages import Browser
from worker.outbox import sweep
from worker.task import perform

Enter = Callable[[str], Browser]


@pytest.fixture
def operator(site: World, enter: Enter) -> Browser:
    return enter("operator")


def number_of(app: Flask, email: str) -> int:
    with app.app_context():
        person = accounts.person_by_email(email)
        assert person is not None
        return person.id


def acts(app: Flask, action: str) -> list[AuditLine]:
    with app.app_context():
        return list(db.session.scalars(select(AuditLine).where(AuditLine.action == action).order_by(AuditLine.id)))


def done_now(app: Flask) -> list[str]:
    """Do what the worker does with a sweep; return the handlers that ran."""
    with app.app_context():
        sent: list[int] = []
        sweep(lambda delivery_id, _queue: sent.append(delivery_id))
        for delivery_id in sent:
            perform(delivery_id)
        return [db.session.get_one(OutboxDelivery, delivery_id).handler for delivery_id in sent]


def words_of(page: str) -> str:
    return " ".join(page.split())


def test_the_first_page_counts(operator: Browser) -> None:
    page = words_of(operator.get("/admin").text)
    for count, label in (
        (4, "people"),
        (3, "published courses"),
        (1, "valid certificates"),
        (1, "pieces of failed work"),
    ):
        assert f'<span class="figure-number">{count}</span> {label}' in page, label


@pytest.mark.parametrize("words", ["enrolled@", "ENROLLED", "林玉珍", "yùzhēn"])
def test_people_are_found_by_name_and_address(operator: Browser, words: str) -> None:
    page = operator.get(f"/admin/people?q={words}").text
    assert world.STUDENT in page
    assert world.STRANGER not in page


@pytest.mark.parametrize("words", ["lín", "LÍN YÙZHĒN", "lÍn yÙzhēn"])
def test_letters_beyond_ascii_are_alike_in_every_database(words: str, app: Flask, operator: Browser) -> None:
    assert world.STUDENT in operator.get("/admin/people", query_string={"q": words}).text
    with app.app_context():
        person = db.session.get_one(Person, number_of(app, world.STUDENT))
        person.display_name = person.license_name = "ÅNNA Øst-ÇELİK"
        db.session.commit()
    for typed in ("ånna", "Ånna", "øst", "çelİk"):
        assert world.STUDENT in operator.get("/admin/people", query_string={"q": typed}).text, typed
    assert world.STUDENT not in operator.get("/admin/people", query_string={"q": "önna"}).text


def test_a_search_of_many_such_letters_is_answered(operator: Browser) -> None:
    letters = "".join(chr(number) for number in range(0x410, 0x460)) + "".join(map(chr, range(0xC0, 0x100)))
    assert "Nobody is found" in operator.get("/admin/people", query_string={"q": letters}).text


@pytest.mark.parametrize("words", ["%", "_", "nobody'--", "\\"])
def test_signs_of_the_database_stand_for_themselves(operator: Browser, words: str) -> None:
    assert "Nobody is found" in operator.get("/admin/people", query_string={"q": words}).text


def test_people_are_listed_by_role(operator: Browser) -> None:
    page = operator.get("/admin/people?role=teacher").text
    assert courses.TEACHER in page
    assert world.STUDENT not in page


def test_a_persons_page_shows_what_is_theirs_and_no_secret(app: Flask, operator: Browser, site: World) -> None:
    page = operator.get(f"/admin/people/{site.student_id}").text
    for word in (world.STUDENT, world.NAME, "Needle Safety", "Second Course", site.serial, "TEST-BOARD", "T-100"):
        assert word in page, word
    assert "argon2" not in page
    assert "What was done to this account" in page


def test_a_role_is_given_and_told_to_the_log(app: Flask, operator: Browser, site: World) -> None:
    operator.submit(f"/admin/people/{site.student_id}/role", {"role": "teacher"})
    with app.app_context():
        assert db.session.get_one(Person, site.student_id).role is Role.TEACHER
    line = acts(app, "person.role")[-1]
    assert (line.actor_id, line.details) == (number_of(app, world.OPERATOR), {"old": "student", "new": "teacher"})


def test_a_role_that_somebody_has_already_is_no_act(app: Flask, operator: Browser, site: World) -> None:
    operator.submit(f"/admin/people/{site.student_id}/role", {"role": "student"})
    assert acts(app, "person.role") == []


def test_a_role_that_is_none_is_refused(app: Flask, operator: Browser, site: World) -> None:
    page = f"/admin/people/{site.student_id}"
    answer = operator.submit(f"{page}/role", {"role": "owner"})
    assert answer.status_code == 422
    assert "Choose one of the roles" in answer.text
    with app.app_context():
        assert db.session.get_one(Person, site.student_id).role is Role.STUDENT


def test_an_operator_cannot_lock_themselves_out(app: Flask, operator: Browser) -> None:
    own = number_of(app, world.OPERATOR)
    page = f"/admin/people/{own}"
    assert f"{page}/suspend" not in operator.get(page).text
    assert operator.submit(f"{page}/suspend").status_code == 422
    assert operator.submit(f"{page}/role", {"role": "student"}).status_code == 422
    with app.app_context():
        person = db.session.get_one(Person, own)
        assert (person.role, person.suspended_at) == (Role.OPERATOR, None)


def test_a_suspended_person_is_out_at_once_and_comes_back_by_restore(
    app: Flask, operator: Browser, site: World, enter: Enter
) -> None:
    student = enter("student")
    assert student.get("/learn").status_code == 200
    page = f"/admin/people/{site.student_id}"
    operator.submit(f"{page}/suspend")
    assert student.get("/learn", expect=303).location.startswith("/account/login")
    operator.submit(f"{page}/restore")
    with app.app_context():
        assert db.session.get_one(Person, site.student_id).suspended_at is None
    assert [acts(app, action)[-1].subject for action in ("person.suspended", "person.restored")] == [
        f"person:{site.student_id}"
    ] * 2


def test_an_operator_enrolls_and_the_log_says_who_did(app: Flask, operator: Browser, site: World) -> None:
    stranger = number_of(app, world.STRANGER)
    page = f"/admin/people/{stranger}"
    operator.submit(f"{page}/enroll", {"course": site.course})
    with app.app_context():
        found = db.session.scalars(select(Enrollment).where(Enrollment.person_id == stranger)).one()
        assert found.enrolled_by_id == number_of(app, world.OPERATOR)
    assert operator.submit(f"{page}/enroll", {"course": "no-such-course"}).status_code == 422


def test_enrollments_are_found_and_lead_to_where_they_are_changed(app: Flask, operator: Browser, site: World) -> None:
    page = operator.get("/admin/enrollments?q=Needle").text
    change = f"/studio/courses/{site.course}/people/{site.enrollment_id}"
    assert change in page
    operator.submit(f"{change}/remove")
    with app.app_context():
        assert db.session.get_one(Enrollment, site.enrollment_id).end_reason is EndReason.REMOVED
    assert "removed" in operator.get("/admin/enrollments?q=Needle").text


def test_a_certificate_is_found_by_its_number_however_it_is_typed(operator: Browser, site: World) -> None:
    typed = site.serial.lower().replace("-", " ")
    assert site.serial in operator.get("/admin/certificates", query_string={"q": typed}).text


def test_an_auditor_may_be_given_the_pdf_as_it_was_issued(
    operator: Browser, site: World, enter: Callable[[str], Browser]
) -> None:
    path = f"/admin/certificates/{site.serial}.pdf"
    assert f'href="{path}"' in operator.get(f"/admin/certificates/{site.serial}").text
    given = operator.get(path)
    held = enter("student").get(f"/certificates/{site.serial}.pdf")
    assert given.data.startswith(b"%PDF")
    assert given.data == held.data
    for header in ("Content-Type", "Content-Disposition", "Cache-Control", "Content-Security-Policy"):
        assert given.headers[header].split("nonce-")[0] == held.headers[header].split("nonce-")[0], header
    operator.get("/admin/certificates/NK-0000-0000-0000-0000-0.pdf", expect=404)


def test_a_certificate_is_revoked_in_the_open_with_a_reason(app: Flask, operator: Browser, site: World) -> None:
    page = f"/admin/certificates/{site.serial}"
    refused = operator.submit(page, {"reason": "  "})
    assert refused.status_code == 422
    assert "Give a reason" in refused.text
    operator.submit(page, {"reason": "Issued for another person."})
    with app.app_context():
        found = db.session.scalars(select(Certificate).where(Certificate.serial == site.serial)).one()
        assert found.revoked_at is not None
        assert found.revoked_by_id == number_of(app, world.OPERATOR)
    for place in (page, f"/verify/{site.serial}", "/admin/certificates"):
        assert "Issued for another person." in operator.get(place).text, place
    assert operator.submit(page, {"reason": "Again."}).status_code == 409


def test_failed_work_is_shown_and_done_again(app: Flask, operator: Browser, site: World) -> None:
    page = operator.get("/admin/failed-work").text
    assert "nobody answers" in page
    operator.submit(f"/admin/failed-work/{site.failed_delivery_id}/again")
    with app.app_context():
        delivery = db.session.get_one(OutboxDelivery, site.failed_delivery_id)
        assert (delivery.attempts, delivery.set_aside_at) == (0, None)
    assert acts(app, "work.sent_again")[-1].subject == f"delivery:{site.failed_delivery_id}"
    assert "certificates.mail" in done_now(app)
    assert "Nothing has failed" in operator.get("/admin/failed-work").text
    assert operator.submit("/admin/failed-work/1/again").status_code == 404, "it never failed"


def test_the_log_is_searched_and_followed(operator: Browser, site: World) -> None:
    page = operator.get("/admin/audit?q=certificate.issued").text
    assert "certificate.issued" in page
    one = operator.get(f"/admin/audit?subject=person:{site.student_id}").text
    assert f"person:{site.student_id}" in one
    assert "course.published" not in one
    assert "No line is found" in operator.get("/admin/audit?q=no-such-act").text


@pytest.mark.parametrize("page", ["people", "courses", "enrollments", "certificates", "failed-work", "audit"])
def test_pages_beyond_the_last_show_the_last_and_nonsense_is_refused(operator: Browser, page: str) -> None:
    assert operator.get(f"/admin/{page}?page=99").status_code == 200
    assert operator.get(f"/admin/{page}?page=1000000").status_code == 200, "the log may be that long"
    for number in (0, 1_000_001):
        assert operator.get(f"/admin/{page}?page={number}", expect=404).status_code == 404
    assert operator.get(f"/admin/{page}", query_string={"q": "x" * 100_000 + "\0"}).status_code in {200, 414}
