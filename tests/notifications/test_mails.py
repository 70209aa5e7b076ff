"""Mail: for what matters, to whom it concerns, and without what belongs behind the sign-in."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts import service as accounts
from nok.assessments.models import Worksheet
from nok.certificates import service as certifying
from nok.certificates.models import Certificate
from nok.core import outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.mail import KeptMail
from nok.core.outbox import OutboxDelivery
from nok.courses.models import Lesson
from nok.enrollments import service as enrolling
from nok.enrollments.models import Enrollment
from nok.learning import service as learning
from nok.learning.messages import CourseCompleted
from nok.learning.models import Completion
from tests.architecture.source import TEMPLATES, python_files
from tests.factories import courses, papers, people
from tests.notifications.conftest import LEARNER, OPERATOR, TITLE, Mails, change, closes, enroll, person

ANSWER = "Ask, explain, and wait for a yes."
COMMENT = "Name the nerve that runs there."


@pytest.fixture
def worksheet_id(app: Flask, course: str, mails: Mails) -> int:
    """A worksheet that the learner has handed in; of the enrollment was told."""
    with app.app_context():
        papers.worksheet(course)
    enrollment_id = enroll(app, course)
    mails()
    with app.app_context():
        lesson = db.session.scalars(select(Lesson).where(Lesson.slug == "first-worksheet")).one()
        enrollment = db.session.get_one(Enrollment, enrollment_id)
        answers = {"w-consent": ANSWER, "w-stop": ANSWER}
        worksheet = learning.submit_worksheet(enrollment, lesson, answers, 0)
        db.session.commit()
        return worksheet.id


def review(app: Flask, worksheet_id: int, *, accepted: bool) -> None:
    with app.app_context():
        worksheet = db.session.get_one(Worksheet, worksheet_id)
        learning.review_worksheet(worksheet, person(courses.TEACHER), accepted, COMMENT)
        db.session.commit()


def only(found: list[KeptMail]) -> KeptMail:
    assert [mail.to for mail in found] == [found[0].to]
    return found[0]


def test_who_enrolls_gets_no_mail_and_who_is_enrolled_by_another_gets_one(
    app: Flask, course: str, mails: Mails
) -> None:
    enroll(app, course)
    assert mails() == []
    with app.app_context():
        people.person("second@test.example")
        enrolling.enroll(person("second@test.example"), course, by=person(courses.TEACHER))
        db.session.commit()
    mail = only(mails())
    assert (mail.to, mail.subject) == ("second@test.example", f"You are enrolled in {TITLE}")
    assert f"Dr. Test Teacher enrolled you in {TITLE}." in mail.text
    assert f"\n{app.extensions['nok'].base_url}/learn/{course}\n" in mail.text
    assert "open to you until" in mail.text


def test_every_mail_says_why_it_came_and_how_to_reach_the_provider(app: Flask, worksheet_id: int, mails: Mails) -> None:
    settings = app.extensions["nok"]
    review(app, worksheet_id, accepted=False)
    with app.app_context():
        accounts.register("new@test.example", "Read http://evil.example", "New", people.PASSWORD, "192.0.2.1")
        db.session.commit()
    found = mails()
    assert len(found) == 2
    for mail in found:
        assert "\n--\nYou get this message because " in mail.text
        assert mail.text.rstrip().endswith(f"Write to {settings.provider_contact}.")
    assert "evil.example" not in found[-1].text, "words of whoever types an address into a form are sent to nobody"


def test_a_worksheet_is_mailed_to_its_teacher_without_what_is_in_it(
    app: Flask, worksheet_id: int, mails: Mails
) -> None:
    mail = only(mails())
    assert (mail.to, mail.subject) == (courses.TEACHER, f"A worksheet waits for you: {TITLE}")
    assert "Zhōu Měilín 周美琳 has handed in “First worksheet”" in mail.text
    assert f"/studio/worksheets/{worksheet_id}\n" in mail.text
    assert ANSWER not in mail.text


def test_a_returned_worksheet_is_mailed_without_the_comment_and_an_accepted_one_is_not(
    app: Flask, worksheet_id: int, course: str, mails: Mails
) -> None:
    mails()
    review(app, worksheet_id, accepted=False)
    mail = only(mails())
    assert (mail.to, mail.subject) == (LEARNER, f"Your worksheet came back: {TITLE}")
    assert "came back with a comment" in mail.text
    assert f"/learn/{course}/first-worksheet\n" in mail.text
    assert COMMENT not in mail.text
    assert ANSWER not in mail.text


def test_an_accepted_worksheet_is_for_the_feed_alone(app: Flask, worksheet_id: int, mails: Mails) -> None:
    mails()
    review(app, worksheet_id, accepted=True)
    assert not [mail for mail in mails() if "worksheet" in mail.subject.lower()]


def test_the_end_of_access_is_mailed_with_the_day(app: Flask, course: str, mails: Mails) -> None:
    enrollment_id = enroll(app, course)
    mails()
    closes(app, enrollment_id, 3)
    mail = only(mails())
    assert (mail.to, mail.subject) == (LEARNER, f"Your access to {TITLE} ends soon")
    here = now() + timedelta(days=3, hours=-12)
    assert any(f"{day:%B} {day.day}, {day.year}" in mail.text for day in (here, here + timedelta(days=1)))


def test_certificates_are_mailed_when_they_wait_are_ready_and_are_revoked(
    app: Flask, course: str, mails: Mails
) -> None:
    enrollment_id = enroll(app, course)
    change(app, license_name_confirmed_at=None)
    with app.app_context():
        db.session.add(Completion(enrollment_id=enrollment_id))
        outbox.publish(CourseCompleted(enrollment_id))
        db.session.commit()
    waiting = only(mails())
    assert "/account/license-name\n" in waiting.text
    with app.app_context():
        accounts.confirm_license_name(person(), "Zhōu Měilín 周美琳")
        db.session.commit()
    ready = only(mails())
    assert ready.subject == f"Your certificate for {TITLE}"
    with app.app_context():
        certificate = db.session.scalars(select(Certificate)).one()
        certifying.revoke(certificate, "Issued in error.", person(OPERATOR))
        db.session.commit()
    revoked = only(mails())
    for mail in (ready, revoked):
        assert mail.to == LEARNER
        assert f"/verify/{certificate.serial}\n" in mail.text
    assert "Issued in error." in revoked.text


@pytest.mark.parametrize("email", [LEARNER, courses.TEACHER])
def test_the_suspended_get_no_mail(app: Flask, worksheet_id: int, mails: Mails, email: str) -> None:
    if email == LEARNER:
        mails()
        review(app, worksheet_id, accepted=False)
    change(app, email, suspended_at=now())
    assert mails() == []
    with app.app_context():
        assert not db.session.scalars(select(OutboxDelivery).where(OutboxDelivery.done_at.is_(None))).all()


def test_what_is_mailed_twice_has_the_same_id_and_what_is_another_mail_has_another(
    app: Flask, worksheet_id: int, mails: Mails, deliver_again: Callable[[str], None]
) -> None:
    review(app, worksheet_id, accepted=False)
    first = mails()
    deliver_again("learning.mail_learner")
    again = only(mails())
    review_mail = next(mail for mail in first if mail.to == LEARNER)
    assert again.text == review_mail.text
    folder = app.extensions["nok"].data_dir / "mail"
    ids = [_message_id((folder / f"{mail.key}.eml").read_text()) for mail in (*first, again)]
    assert ids[-1] == ids[first.index(review_mail)]
    assert len(set(ids)) == len(first)


def _message_id(raw: str) -> str:
    return next(line for line in raw.splitlines() if line.lower().startswith("message-id:"))


def test_every_template_is_sent_by_someone() -> None:
    kinds = {path.stem for path in (TEMPLATES / "emails").glob("*.txt")} - {"layout"}
    code = "".join(path.read_text("utf-8") for path in python_files("nok/notifications"))
    assert {kind for kind in kinds if f'"{kind}"' not in code} == set()
