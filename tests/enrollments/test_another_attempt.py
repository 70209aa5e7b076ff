"""One more try at a test: for whom it is, who may allow it, and that each is told once."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person, Role
from nok.core import outbox
from nok.core.audit import AuditLine
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Conflict, Invalid
from nok.enrollments import service
from nok.enrollments.messages import AttemptAllowed
from nok.enrollments.models import Enrollment
from nok.notifications.models import Notification
from tests.factories import courses, people
from tests.pages import Browser

LEARNER, OTHER = "learner@test.example", "other@test.example"
COURSE = "/learn/needle-safety"
TEST = f"{COURSE}/final-test/attempts"
BUTTON = "Allow one more try"
AS_IT_IS = {"with-blanks": "1"}


@pytest.fixture
def learner(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> Browser:
    """Someone who may begin the test of a course that allows two tries."""
    with app.app_context():
        people.person(LEARNER)
        people.person(OTHER, Role.TEACHER, "Another Teacher")
        courses.published(tmp_path, texts=0, attempts=2)
    browser = sign_in(LEARNER)
    browser.submit("/courses/needle-safety/enroll")
    return browser


@pytest.fixture
def failed(learner: Browser) -> Browser:
    """The same, who has used both."""
    for number in (1, 2):
        fail(learner, number)
    return learner


def fail(learner: Browser, number: int) -> None:
    assert learner.submit(TEST).location == f"{TEST}/{number}"
    learner.submit(f"{TEST}/{number}", AS_IT_IS)


def page_of(app: Flask) -> str:
    """Return where the teacher finds the one enrollment."""
    with app.app_context():
        return f"/studio/courses/needle-safety/people/{db.session.scalars(select(Enrollment.id)).one()}"


def change(app: Flask, **values: object) -> None:
    with app.app_context():
        enrollment = db.session.scalars(select(Enrollment)).one()
        for name, value in values.items():
            setattr(enrollment, name, value)
        db.session.commit()


def extra(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(Enrollment.extra_attempts)).one()


def told(app: Flask) -> list[Notification]:
    with app.app_context():
        found = select(Notification).where(Notification.kind == "attempt_allowed").order_by(Notification.id)
        return list(db.session.scalars(found))


def test_the_page_says_what_was_used_and_offers_another_only_when_none_is_left(
    app: Flask, learner: Browser, sign_in: Callable[[str], Browser]
) -> None:
    teacher, page = sign_in(courses.TEACHER), page_of(app)
    assert '<td class="number">0 of 2</td>' in teacher.get(page).text
    fail(learner, 1)
    learner.submit(TEST)
    shown = teacher.get(page).text
    for cell in ("Final test", '<td class="number">1 of 2</td>', '<td class="number">0%</td>', "<td>no</td>"):
        assert cell in shown, cell
    assert BUTTON not in shown, "the last try is not handed in yet"
    learner.submit(f"{TEST}/2", AS_IT_IS)
    assert BUTTON in teacher.get(page).text
    assert "Ask your teacher for another one." in learner.get(f"{TEST}/2").text


def test_the_teacher_allows_it_and_the_learner_is_told(
    app: Flask, failed: Browser, sign_in: Callable[[str], Browser], work: Callable[[], list[str]]
) -> None:
    teacher, page = sign_in(courses.TEACHER), page_of(app)
    assert failed.submit(TEST).status_code == 409
    assert teacher.submit(f"{page}/another-attempt").location == page
    shown = teacher.get(page).text
    assert "One more try is allowed." in shown
    assert BUTTON not in shown
    assert "enrollments.tell_attempt" in work()
    [line] = told(app)
    assert line.message == "Your teacher has allowed you one more try at the test in Needle Safety."
    assert line.url == COURSE
    with app.app_context():
        act = db.session.scalars(select(AuditLine).where(AuditLine.action == "enrollment.attempt_allowed")).one()
        teacher_id = db.session.scalars(select(Person.id).where(Person.email == courses.TEACHER)).one()
        assert (act.actor_id, act.subject, act.details) == (
            teacher_id,
            f"enrollment:{page.rpartition('/')[2]}",
            {"count": 1},
        )
    fail(failed, 3)


def test_a_second_click_allows_no_second_try(app: Flask, failed: Browser, sign_in: Callable[[str], Browser]) -> None:
    teacher, page = sign_in(courses.TEACHER), page_of(app)
    for _ in range(2):
        assert teacher.submit(f"{page}/another-attempt").status_code == 303
    assert "Nothing was changed" in teacher.get(page).text
    assert extra(app) == 1


def test_each_is_told_once_and_the_next_is_told_again(
    app: Flask, failed: Browser, sign_in: Callable[[str], Browser], work: Callable[[], list[str]]
) -> None:
    teacher, page = sign_in(courses.TEACHER), page_of(app)
    for number in (3, 4):
        teacher.submit(f"{page}/another-attempt")
        work()
        fail(failed, number)
    with app.app_context():
        outbox.publish(AttemptAllowed(int(page.rpartition("/")[2]), 2))
        db.session.commit()
    work()
    assert len(told(app)) == 2, "delivered again, an event is not told again"


@pytest.mark.parametrize("moved", ["ended_at", "access_until"])
def test_in_a_closed_course_it_is_refused_and_nobody_is_told(
    moved: str, app: Flask, failed: Browser, sign_in: Callable[[str], Browser]
) -> None:
    teacher, page = sign_in(courses.TEACHER), page_of(app)
    change(app, **{moved: now() - timedelta(seconds=1)})
    assert BUTTON not in teacher.get(page).text
    refused = teacher.submit(f"{page}/another-attempt")
    assert refused.status_code == 409
    assert "The course is closed to this person." in refused.text
    assert extra(app) == 0


def test_what_was_allowed_before_the_course_closed_is_not_told_after(
    app: Flask, failed: Browser, sign_in: Callable[[str], Browser], work: Callable[[], list[str]]
) -> None:
    sign_in(courses.TEACHER).submit(f"{page_of(app)}/another-attempt")
    change(app, ended_at=now())
    work()
    assert told(app) == []


def test_there_is_an_end_to_it(app: Flask, failed: Browser) -> None:
    change(app, extra_attempts=service.MOST_EXTRA - 1)
    with app.app_context():
        enrollment = db.session.scalars(select(Enrollment)).one()
        teacher = db.session.scalars(select(Person).where(Person.email == courses.TEACHER)).one()
        service.allow_another_attempt(enrollment, teacher)
        db.session.commit()
        with pytest.raises(Invalid):
            service.allow_another_attempt(enrollment, teacher)
        enrollment.ended_at = now()
        db.session.commit()
        with pytest.raises(Conflict):
            service.allow_another_attempt(enrollment, teacher)
    assert extra(app) == service.MOST_EXTRA


def test_only_who_looks_after_the_course_may(
    app: Flask, failed: Browser, sign_in: Callable[[str], Browser], tmp_path: Path
) -> None:
    page = page_of(app)
    with app.app_context():
        courses.published(tmp_path, "others-course", title="Theirs", teacher=OTHER)
    other = sign_in(OTHER)
    for path in (page, page.replace("needle-safety", "others-course")):
        assert other.submit(f"{path}/another-attempt").status_code == 404
    assert failed.submit(f"{page}/another-attempt").status_code == 403
    assert extra(app) == 0
