"""What the demo shows on the first day: nobody's page is empty, and all of it came about as it would in life."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts import queries as accounts
from nok.accounts.models import Person
from nok.assessments import queries as assessments
from nok.certificates.models import Certificate
from nok.cli import demonstration
from nok.core.clock import now
from nok.core.db import db
from nok.courses.models import Course
from nok.credits import queries as credits_queries
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment
from nok.enrollments.rules import TOLD_AHEAD
from nok.learning import queries as learning
from worker import outbox, task


@pytest.fixture
def demo(app: Flask) -> Flask:
    """The demo, loaded, and the worker's work on it done, but for the films, which take minutes."""
    with app.app_context():
        assert demonstration.load(app.extensions["nok"])
        db.session.commit()
    while waiting := deliveries(app):
        for delivery in waiting:
            with app.app_context():
                task.perform(delivery)
    return app


def deliveries(app: Flask) -> list[int]:
    """Take what waits in the outbox, but for the films."""
    sent: list[tuple[int, str]] = []
    with app.app_context():
        outbox.drain(lambda delivery, queue: sent.append((delivery, queue)))
    return [delivery for delivery, queue in sent if queue != "media"]


def test_the_first_day_of_the_demo(demo: Flask) -> None:
    with demo.app_context():
        the_student()
        the_worksheets()
        the_windows()
        certificates = the_certificates()
        the_licenses()
        assert not demonstration.load(demo.extensions["nok"]), "a second start leaves everything as it is"
        assert the_certificates() == certificates


def the_student() -> None:
    """One course completed, a second halfway, the flagship still to be found."""
    ways = learning.overviews(person(demonstration.STUDENT).id)
    places = {slug: ways[enrollment.id] for slug, enrollment in enrolled(demonstration.STUDENT).items()}
    assert set(places) == {"clean-field-and-sharps", "st-36-zu-san-li"}
    assert places["clean-field-and-sharps"].completed_at is not None
    half = places["st-36-zu-san-li"]
    assert half.completed_at is None
    assert half.done == half.total / 2


def the_worksheets() -> None:
    """One waits for the teacher of the flagship, and one came back from another teacher."""
    waiting = assessments.waiting(person("teacher@demo.example")).items
    assert [(item.course_slug, item.learner_name) for item in waiting] == [
        ("microneedling-for-acupuncturists", "Ji-min Seo")
    ]
    assert not assessments.waiting(person("soyeon@demo.example")).items
    rosa = enrollments.open_enrollment(person("rosa@demo.example").id, "consent-and-the-chart")
    standing = learning.standing(rosa)
    assert [sheet.state for sheet in standing.worksheets.values()] == ["returned"]


def the_windows() -> None:
    """One person is about to lose access, so that the note about it can be seen."""
    soon = [each.access_until for each in db.session.scalars(select(Enrollment)) if each.access_until]
    assert [until for until in soon if until < now() + TOLD_AHEAD]


def the_certificates() -> list[tuple[str, str]]:
    """Issued by the worker, to those who said that the name on their license is right."""
    rows = db.session.execute(
        select(Person.email, Course.slug)
        .select_from(Certificate)
        .join(Enrollment, Enrollment.id == Certificate.enrollment_id)
        .join(Person, Person.id == Enrollment.person_id)
        .join(Course, Course.id == Enrollment.course_id)
        .order_by(Person.email)
    )
    found = [(row.email, row.slug) for row in rows]
    assert found == [
        ("haruto@demo.example", "clean-field-and-sharps"),
        ("minhanh@demo.example", "consent-and-the-chart"),
        ("student@demo.example", "clean-field-and-sharps"),
    ]
    return found


def the_licenses() -> None:
    """Those of the student are of boards that the demo knows, and run out one day."""
    boards = {board.code for board in credits_queries.boards()}
    held = accounts.licenses(person(demonstration.STUDENT).id)
    assert len(held) == 2
    assert {each.board_code for each in held} <= boards
    assert all(each.expires_on and each.expires_on > date.today() + timedelta(days=30) for each in held)  # noqa: DTZ011


def person(email: str) -> Person:
    found = accounts.person_by_email(email)
    assert found is not None
    return found


def enrolled(email: str) -> dict[str, Enrollment]:
    rows = db.session.execute(
        select(Course.slug, Enrollment)
        .join(Enrollment, Enrollment.course_id == Course.id)
        .where(Enrollment.person_id == person(email).id)
    )
    return dict(rows.all())
