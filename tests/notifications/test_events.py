"""What is told of each event: once, to the right person, with a path to go to, and only while it is true."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.messages import PersonRegistered
from nok.accounts.models import Role
from nok.assessments.models import Worksheet
from nok.certificates import service as certifying
from nok.certificates.models import Certificate
from nok.core import outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.outbox import OutboxDelivery
from nok.courses.models import Lesson
from nok.enrollments import service as enrolling
from nok.enrollments.models import EndReason, Enrollment
from nok.learning import service as learning
from nok.learning.messages import CourseCompleted
from nok.learning.models import Completion
from tests.factories import courses, papers, people
from tests.notifications.conftest import LEARNER, OPERATOR, TITLE, Told, change, closes, enroll, person
from tests.pages import Browser


def review(app: Flask, *, accepted: bool, comment: str = "Name the nerve.") -> None:
    with app.app_context():
        worksheet = db.session.scalars(select(Worksheet)).one()
        learning.review_worksheet(worksheet, person(courses.TEACHER), accepted, comment)
        db.session.commit()


def hand_in(app: Flask, enrollment_id: int) -> int:
    with app.app_context():
        enrollment = db.session.get_one(Enrollment, enrollment_id)
        lesson = db.session.scalars(select(Lesson).where(Lesson.slug == "first-worksheet")).one()
        known = db.session.scalars(select(Worksheet)).one_or_none()
        worksheet = learning.submit_worksheet(enrollment, lesson, papers.TEXTS, known.saves if known else 0)
        db.session.commit()
        return worksheet.id


def complete(app: Flask, enrollment_id: int) -> None:
    with app.app_context():
        db.session.add(Completion(enrollment_id=enrollment_id))
        outbox.publish(CourseCompleted(enrollment_id))
        db.session.commit()


def revoke(app: Flask) -> None:
    with app.app_context():
        certifying.revoke(db.session.scalars(select(Certificate)).one(), "Issued in error.", person(OPERATOR))
        db.session.commit()


@pytest.fixture
def enrollment_id(app: Flask, course: str) -> int:
    """The learner's enrollment in a course with a worksheet."""
    with app.app_context():
        papers.worksheet(course)
    return enroll(app, course)


def test_who_enrolls_is_told_where_to_begin(enrollment_id: int, course: str, told: Told) -> None:
    message = f"You are enrolled in {TITLE}. Begin whenever you like."
    assert told() == [("enrolled", message, f"/learn/{course}")]


def test_who_is_enrolled_by_another_is_told_by_whom_each_time(app: Flask, course: str, told: Told) -> None:
    enrollment_id = enroll(app, course, by=courses.TEACHER)
    assert [message for _, message, _ in told()] == [
        f"Dr. Test Teacher enrolled you in {TITLE}. Begin whenever you like."
    ]
    with app.app_context():
        enrolling.remove(db.session.get_one(Enrollment, enrollment_id), person(OPERATOR))
        db.session.commit()
    told()
    enroll(app, course, by=OPERATOR)
    kinds = [(kind, message.partition(" ")[0]) for kind, message, _ in told()]
    assert kinds == [("enrolled", "Dr."), ("enrollment_ended", "Your"), ("enrolled", "Olga")]


def test_who_leaves_is_told_nothing_and_who_is_removed_is(app: Flask, course: str, told: Told) -> None:
    enrollment_id = enroll(app, course)
    told()
    with app.app_context():
        enrolling.leave(db.session.get_one(Enrollment, enrollment_id))
        db.session.commit()
    assert [kind for kind, _, _ in told()] == ["enrolled"]
    with app.app_context():
        enrollment = db.session.get_one(Enrollment, enrollment_id)
        enrollment.ended_at = None
        enrolling.remove(enrollment, person(OPERATOR))
        db.session.commit()
    message = f"Your enrollment in {TITLE} was ended for you. Your certificates stay yours."
    assert told()[-1] == ("enrollment_ended", message, "/learn")


def test_an_enrollment_that_has_ended_by_then_is_not_told_of(app: Flask, enrollment_id: int, told: Told) -> None:
    with app.app_context():
        enrollment = db.session.get_one(Enrollment, enrollment_id)
        enrollment.ended_at, enrollment.end_reason = now(), EndReason.LEFT
        db.session.commit()
    assert told() == []


def test_the_end_of_access_is_told_with_the_day_where_the_person_is(
    app: Flask, enrollment_id: int, course: str, told: Told
) -> None:
    told()
    with app.app_context():  # on the first of the month in London, the evening before in Los Angeles
        enrollment = db.session.get_one(Enrollment, enrollment_id)
        day = (now() + timedelta(days=3)).date()
        enrollment.access_until = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        enrolling.tell_endings()
        db.session.commit()
    kind, message, url = told()[-1]
    before = day - timedelta(days=1)
    assert (kind, url) == ("access_ending", f"/learn/{course}")
    assert f"ends on {before:%B} {before.day}, {before.year}." in message


@pytest.mark.parametrize("days", [30, -1])
def test_an_end_that_has_moved_or_passed_is_not_told(app: Flask, enrollment_id: int, told: Told, days: int) -> None:
    told()
    closes(app, enrollment_id, 3)
    with app.app_context():
        db.session.get_one(Enrollment, enrollment_id).access_until = now() + timedelta(days=days)
        db.session.commit()
    assert [kind for kind, _, _ in told()] == ["enrolled"]


def test_a_worksheet_goes_to_the_teacher_and_comes_back_each_time_it_does(
    app: Flask, enrollment_id: int, course: str, told: Told
) -> None:
    place = f"/studio/worksheets/{hand_in(app, enrollment_id)}"
    waits = ("worksheet_waiting", f"Zhōu Měilín 周美琳 has handed in “First worksheet” in {TITLE}.", place)
    assert told(courses.TEACHER) == [waits]
    review(app, accepted=False)
    kind, message, url = told()[-1]
    assert (kind, url) == ("worksheet_returned", f"/learn/{course}/first-worksheet")
    assert "Name the nerve" not in message, "what was said of it stays on its page"
    hand_in(app, enrollment_id)
    assert told(courses.TEACHER) == [waits, waits]
    review(app, accepted=True, comment="")
    assert [kind for kind, _, _ in told()] == ["enrolled", "worksheet_returned", "worksheet_accepted"]
    assert told(OPERATOR) == []


def test_what_was_reviewed_or_revised_by_then_is_not_told(app: Flask, enrollment_id: int, told: Told) -> None:
    told()
    hand_in(app, enrollment_id)
    review(app, accepted=False)
    hand_in(app, enrollment_id)  # before the worker gets to any of it
    assert [kind for kind, _, _ in told()] == ["enrolled"]
    assert [kind for kind, _, _ in told(courses.TEACHER)] == ["worksheet_waiting"]


def test_who_teaches_no_more_and_who_is_out_of_the_course_hear_nothing_of_worksheets(
    app: Flask, enrollment_id: int, told: Told
) -> None:
    told()
    change(app, courses.TEACHER, role=Role.STUDENT)
    hand_in(app, enrollment_id)
    assert told(courses.TEACHER) == []
    change(app, courses.TEACHER, role=Role.TEACHER)
    review(app, accepted=False)
    with app.app_context():
        db.session.get_one(Enrollment, enrollment_id).ended_at = now()
        db.session.commit()
    assert [kind for kind, _, _ in told()] == ["enrolled"]


def test_a_certificate_waits_for_the_name_then_is_ready_then_revoked(
    app: Flask, enrollment_id: int, told: Told, deliver_again: Callable[..., None]
) -> None:
    change(app, license_name_confirmed_at=None)
    complete(app, enrollment_id)
    assert told()[-1][::2] == ("certificate_waiting", "/account/license-name")
    change(app, license_name_confirmed_at=now())
    with app.app_context():
        certifying.issue_waiting(app.extensions["nok"], person().id)
        db.session.commit()
    assert told()[-1] == ("certificate_ready", f"Your certificate for {TITLE} is ready.", "/certificates")
    revoke(app)
    kind, _, url = told()[-1]
    assert (kind, url.startswith("/verify/")) == ("certificate_revoked", True)
    before = told()
    deliver_again("certificates.tell")
    assert told() == before


def test_a_certificate_that_was_revoked_by_then_is_not_called_ready(app: Flask, enrollment_id: int, told: Told) -> None:
    with app.app_context():
        db.session.add(Completion(enrollment_id=enrollment_id))
        db.session.commit()
        certifying.issue(app.extensions["nok"], enrollment_id)
        db.session.commit()
    revoke(app)
    assert [kind for kind, _, _ in told()] == ["enrolled", "certificate_revoked"]


def test_everything_delivered_twice_is_told_once(
    app: Flask, enrollment_id: int, told: Told, deliver_again: Callable[..., None]
) -> None:
    told()
    hand_in(app, enrollment_id)
    told()
    review(app, accepted=False)
    closes(app, enrollment_id, 3)
    before = [told(email) for email in (LEARNER, courses.TEACHER)]
    assert [len(rows) for rows in before] == [3, 1]
    deliver_again("enrollments.tell")
    deliver_again("learning.tell")
    assert [told(email) for email in (LEARNER, courses.TEACHER)] == before


def test_the_suspended_are_told_nothing_and_the_erased_are_no_failure(
    app: Flask, enrollment_id: int, told: Told
) -> None:
    change(app, suspended_at=now())
    with app.app_context():
        gone = people.person("gone@test.example")
        outbox.publish(PersonRegistered(gone.id))
        db.session.delete(gone)
        db.session.commit()
    assert told() == []
    with app.app_context():
        assert not db.session.scalars(select(OutboxDelivery).where(OutboxDelivery.last_error.is_not(None))).all()


def test_what_the_page_tells_leads_somewhere(
    app: Flask, enrollment_id: int, told: Told, sign_in: Callable[[str], Browser]
) -> None:
    hand_in(app, enrollment_id)
    told()
    review(app, accepted=False)
    closes(app, enrollment_id, 3)
    complete(app, enrollment_id)
    assert [kind for kind, _, _ in told()][1:] == ["worksheet_returned", "access_ending", "certificate_ready"]
    for email in (LEARNER, courses.TEACHER):
        browser = sign_in(email)
        page = browser.get("/notifications").text
        for _, message, url in told(email):
            assert message in page
            assert browser.client.get(url).status_code in {200, 303}
