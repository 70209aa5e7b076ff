"""Windows of access: they close by the clock, they are announced once, and what was done inside stays."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.core.clock import now
from nok.core.db import begin_writing, db
from nok.core.errors import Invalid
from nok.core.outbox import OutboxMessage
from nok.enrollments import service
from nok.enrollments.models import Enrollment
from tests.factories import courses, people
from tests.pages import Browser


@pytest.fixture
def learner(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> Browser:
    """Someone who enrolled in a course of thirty days."""
    with app.app_context():
        people.person()
        courses.published(tmp_path, more="access_days = 30")
    browser = sign_in("learner@test.example")
    assert browser.submit("/courses/needle-safety/enroll").status_code == 303
    return browser


def move(app: Flask, **moved: timedelta) -> None:
    """Move a moment of the one enrollment, from now on."""
    with app.app_context():
        enrollment = db.session.scalars(select(Enrollment)).one()
        for name, by in moved.items():
            setattr(enrollment, name, now() + by)
        db.session.commit()


def told(app: Flask, kind: str) -> int:
    with app.app_context():
        return len(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)).all())


def tell(app: Flask) -> int:
    """Do what the clock does every hour."""
    begin_writing()
    with app.app_context():
        count = service.tell_endings()
        db.session.commit()
        return count


def test_the_window_is_as_long_as_the_course_says(app: Flask, learner: Browser) -> None:
    with app.app_context():
        enrollment = db.session.scalars(select(Enrollment)).one()
        assert enrollment.access_until == enrollment.started_at + timedelta(days=30)
    assert "Access until" in learner.get("/learn").text


def test_after_it_the_lessons_are_closed_with_the_next_request_and_the_page_says_what_remains(
    app: Flask, learner: Browser
) -> None:
    learner.submit("/learn/needle-safety/reading-1/complete")
    learner.get("/learn/needle-safety/reading-1")
    move(app, access_until=-timedelta(seconds=1))
    for path in ("/learn/needle-safety", "/learn/needle-safety/reading-1"):
        page = learner.get(path, expect=403).text
        assert "Access has ended" in page
        assert "certificates" in page
        assert "your notes and highlights" in page
        assert "Words of reading" not in page
    answer = learner.submit("/learn/needle-safety/reading-2/complete")
    assert answer.status_code == 403
    assert "access to this course ended on" in answer.text
    mine = learner.get("/learn").text
    assert mine.index("Access has ended") < mine.index("Needle Safety")
    assert "1 of 3 steps done" in mine


def test_enrolling_again_does_not_open_a_window_that_has_closed(app: Flask, learner: Browser) -> None:
    move(app, access_until=-timedelta(seconds=1))
    refused = learner.submit("/courses/needle-safety/enroll")
    assert refused.status_code == 403
    assert "Your access to this course has ended" in refused.text
    assert "Enroll again" not in learner.get("/courses/needle-safety").text


def test_leaving_does_not_lengthen_the_window(app: Flask, learner: Browser) -> None:
    learner.submit("/courses/needle-safety/leave")
    move(app, access_until=-timedelta(seconds=1))
    assert learner.submit("/courses/needle-safety/enroll").status_code == 403


def test_the_end_is_told_a_week_ahead_and_once(app: Flask, learner: Browser) -> None:
    assert tell(app) == 0
    move(app, access_until=timedelta(days=6))
    assert (tell(app), tell(app)) == (1, 0)
    assert told(app, "AccessEnding") == 1
    assert "Access ends soon" in learner.get("/learn").text


@pytest.mark.parametrize("moved", [{"ended_at": timedelta(0)}, {"access_until": -timedelta(seconds=1)}])
def test_nobody_is_told_of_an_end_that_has_come_already(
    app: Flask, learner: Browser, moved: dict[str, timedelta]
) -> None:
    move(app, **({"access_until": timedelta(days=6)} | moved))
    assert tell(app) == 0


def test_after_an_extension_the_end_is_told_anew(app: Flask, learner: Browser) -> None:
    move(app, access_until=timedelta(days=1))
    tell(app)
    with app.app_context():
        enrollment = db.session.scalars(select(Enrollment)).one()
        service.extend(enrollment, now() + timedelta(days=5), people.person("by@test.example"))
        db.session.commit()
    assert tell(app) == 1
    learner.get("/learn/needle-safety/reading-1")


def test_no_extension_into_the_past(app: Flask, learner: Browser) -> None:
    with app.app_context():
        enrollment = db.session.scalars(select(Enrollment)).one()
        with pytest.raises(Invalid):
            service.extend(enrollment, now(), people.person("by@test.example"))
