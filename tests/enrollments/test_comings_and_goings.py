"""Leaving and coming back, being enrolled and removed by others, and courses that have a price."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person, Role
from nok.core.audit import AuditLine
from nok.core.clock import now
from nok.core.db import db
from nok.core.outbox import OutboxMessage
from nok.enrollments.models import Enrollment
from tests.factories import courses, people
from tests.pages import Browser

LEARNER, OPERATOR, OTHER = "learner@test.example", "operator@test.example", "other@test.example"
PEOPLE = "/studio/courses/needle-safety/people"


@pytest.fixture
def course(app: Flask, tmp_path: Path) -> str:
    with app.app_context():
        people.person(LEARNER)
        people.person(OPERATOR, Role.OPERATOR, "Olga Operator")
        people.person(OTHER, Role.TEACHER, "Another Teacher")
        return courses.published(tmp_path)


@pytest.fixture
def paid(app: Flask, course: str, tmp_path: Path) -> str:
    with app.app_context():
        return courses.published(tmp_path, "paid-course", title="Paid Course", more='price = "49.00"')


def only(app: Flask) -> Enrollment:
    with app.app_context():
        return db.session.scalars(select(Enrollment)).one()


def lines(app: Flask) -> list[str]:
    with app.app_context():
        found = db.session.scalars(select(AuditLine.action).order_by(AuditLine.id))
        return [action for action in found if action.startswith("enrollment.")]


def told(app: Flask, kind: str) -> int:
    with app.app_context():
        return len(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all())


def test_leaving_asks_first_closes_the_lessons_and_keeps_everything(
    app: Flask, course: str, sign_in: Callable[[str], Browser]
) -> None:
    learner = sign_in(LEARNER)
    learner.submit(f"/courses/{course}/enroll")
    learner.submit(f"/learn/{course}/reading-1/complete")
    asked = learner.get(f"/courses/{course}/leave").text
    assert "What stays yours" in asked
    assert only(app).ended_at is None, "asking changes nothing"
    for _ in range(2):
        assert learner.submit(f"/courses/{course}/leave").status_code == 303
    assert "You left this course" in learner.get(f"/learn/{course}/reading-1", expect=403).text
    assert (told(app, "EnrollmentEnded"), lines(app)) == (1, ["enrollment.started", "enrollment.left"])
    learner.get(f"/courses/{course}/leave", expect=404)
    assert learner.submit(f"/courses/{course}/enroll").status_code == 303
    assert "1 of 3 steps done" in learner.get("/learn").text
    assert only(app).end_reason is None


def test_a_course_that_has_a_price_is_not_entered_by_oneself(
    app: Flask, paid: str, guest: Browser, sign_in: Callable[[str], Browser]
) -> None:
    assert "$49.00" in guest.get(f"/courses/{paid}").text
    learner = sign_in(LEARNER)
    page = learner.get(f"/courses/{paid}").text
    assert "Payment opens later" in page
    assert f"/courses/{paid}/enroll" not in page
    refused = learner.submit(f"/courses/{paid}/enroll")
    assert refused.status_code == 403
    assert "payment opens later" in refused.text
    learner.get(f"/learn/{paid}", expect=404)
    with app.app_context():
        assert db.session.scalars(select(Enrollment)).all() == []


def test_a_fee_that_is_sent_along_changes_nothing(paid: str, sign_in: Callable[[str], Browser]) -> None:
    learner = sign_in(LEARNER)
    sent = {"price": "0", "price_cents": "0", "by": "1", "paid": "true"}
    assert learner.submit(f"/courses/{paid}/enroll", sent).status_code == 403


@pytest.mark.parametrize("who", [courses.TEACHER, OPERATOR])
def test_its_teacher_and_operators_enroll_people_and_remove_them(
    who: str, app: Flask, paid: str, sign_in: Callable[[str], Browser]
) -> None:
    manager, learner = sign_in(who), sign_in(LEARNER)
    people_page = f"/studio/courses/{paid}/people"
    assert "Paid Course" in manager.get("/studio").text
    for _ in range(2):
        assert manager.submit(people_page, {"email": f" {LEARNER.upper()} "}).status_code == 303
    learner.get(f"/learn/{paid}/reading-1")
    enrollment = only(app)
    assert enrollment.enrolled_by_id not in {None, enrollment.person_id}
    one = f"{people_page}/{enrollment.id}"
    assert LEARNER in manager.get(people_page).text
    manager.get(one)
    assert manager.submit(f"{one}/remove").status_code == 303
    assert manager.submit(f"{one}/remove").status_code == 303
    assert "Your enrollment was ended" in learner.get(f"/learn/{paid}/reading-1", expect=403).text
    assert "removed" in manager.get(one).text
    refused = learner.submit(f"/courses/{paid}/enroll")
    assert refused.status_code == 403, "who was removed does not come back by themselves"
    assert manager.submit(people_page, {"email": LEARNER}).status_code == 303
    learner.get(f"/learn/{paid}/reading-1")
    assert lines(app) == ["enrollment.started", "enrollment.removed", "enrollment.reopened"]


def test_who_was_removed_from_a_free_course_stays_out(
    app: Flask, course: str, sign_in: Callable[[str], Browser]
) -> None:
    learner, teacher = sign_in(LEARNER), sign_in(courses.TEACHER)
    learner.submit(f"/courses/{course}/enroll")
    teacher.submit(f"{PEOPLE}/{only(app).id}/remove")
    assert learner.submit(f"/courses/{course}/enroll").status_code == 403
    assert only(app).ended_at is not None


def test_another_teacher_finds_no_such_course(app: Flask, course: str, sign_in: Callable[[str], Browser]) -> None:
    sign_in(LEARNER).submit(f"/courses/{course}/enroll")
    one, other = only(app), sign_in(OTHER)
    assert "Needle Safety" not in other.get("/studio").text
    for path in (PEOPLE, f"{PEOPLE}/{one.id}"):
        assert LEARNER not in other.get(path, expect=404).text
    sent = {"email": OTHER, "until": "2199-01-01"}
    for path in (PEOPLE, f"{PEOPLE}/{one.id}/remove", f"{PEOPLE}/{one.id}/extend"):
        assert other.submit(path, sent).status_code == 404
    assert (only(app).ended_at, only(app).access_until) == (None, None)


def test_while_the_teacher_is_suspended_the_provider_looks_after_the_course(
    app: Flask, course: str, sign_in: Callable[[str], Browser]
) -> None:
    operator, learner, other = sign_in(OPERATOR), sign_in(LEARNER), sign_in(OTHER)
    with app.app_context():
        ids = {
            email: db.session.scalars(select(Person.id).where(Person.email == email)).one()
            for email in (LEARNER, OTHER)
        }
        db.session.scalars(select(Person).where(Person.email == courses.TEACHER)).one().suspended_at = now()
        db.session.commit()
    assert PEOPLE in operator.get("/studio").text
    operator.get(PEOPLE)
    assert operator.submit(PEOPLE, {"email": LEARNER}).status_code == 303
    one = f"{PEOPLE}/{only(app).id}"
    assert operator.submit(f"{one}/extend", {"until": "2199-01-31"}).status_code == 303
    assert operator.submit(f"{one}/remove").status_code == 303
    assert operator.submit(f"/admin/people/{ids[LEARNER]}/enroll", {"course": course}).status_code == 303
    assert operator.submit(f"/admin/people/{ids[OTHER]}/enroll", {"course": course}).status_code == 303
    learner.get(f"/learn/{course}/reading-1")
    operator.submit(f"{one}/remove")
    for stranger in (learner, other):
        stranger.get(PEOPLE, expect=403 if stranger is learner else 404)
    assert sign_in(OPERATOR).submit("/courses/needle-safety/enroll").status_code == 404, "no newcomer by themselves"


def test_an_enrollment_is_only_reached_through_its_own_course(
    app: Flask, course: str, sign_in: Callable[[str], Browser], tmp_path: Path
) -> None:
    with app.app_context():
        courses.published(tmp_path, "others-course", title="Theirs", teacher=OTHER)
    sign_in(LEARNER).submit(f"/courses/{course}/enroll")
    other, one = sign_in(OTHER), only(app)
    theirs = f"/studio/courses/others-course/people/{one.id}"
    other.get("/studio/courses/others-course/people")
    other.get(theirs, expect=404)
    for path in (f"{theirs}/remove", f"{theirs}/extend"):
        assert other.submit(path, {"until": "2199-01-01"}).status_code == 404
    assert only(app).ended_at is None


@pytest.mark.parametrize(
    ("email", "says"),
    [("", "Enter the e-mail address"), ("nobody", "such as name@"), ("no@test.example", "Nobody has an account")],
)
def test_a_wrong_address_is_said_beside_the_field_and_kept(
    email: str, says: str, course: str, sign_in: Callable[[str], Browser]
) -> None:
    answer = sign_in(courses.TEACHER).submit(PEOPLE, {"email": email})
    assert answer.status_code == 422
    assert says in answer.text
    assert f'value="{email}"' in answer.text


@pytest.mark.parametrize("until", ["", "tomorrow", "2001-01-01", "9999-12-31", "0001-01-01", "2026-13-01", "\x00"])
def test_a_day_that_cannot_be_is_refused(
    until: str, app: Flask, course: str, sign_in: Callable[[str], Browser]
) -> None:
    sign_in(LEARNER).submit(f"/courses/{course}/enroll")
    answer = sign_in(courses.TEACHER).submit(f"{PEOPLE}/{only(app).id}/extend", {"until": until})
    assert answer.status_code == 422
    assert only(app).access_until is None


def test_access_is_extended_to_the_end_of_a_day(app: Flask, course: str, sign_in: Callable[[str], Browser]) -> None:
    sign_in(LEARNER).submit(f"/courses/{course}/enroll")
    teacher, one = sign_in(courses.TEACHER), only(app)
    assert teacher.submit(f"{PEOPLE}/{one.id}/extend", {"until": "2199-01-31"}).status_code == 303
    until = only(app).access_until
    assert until is not None
    assert until.isoformat() == "2199-01-31T23:59:59+00:00"
    assert "2199" in teacher.get(f"{PEOPLE}/{one.id}").text
