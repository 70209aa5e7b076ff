"""Completed enrollments, approvals, and the certificates that come of them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from nok.accounts.models import License
from nok.certificates import service
from nok.certificates.models import Certificate
from nok.core.db import db
from nok.credits.models import Approval, Board
from nok.enrollments import service as enrolling
from nok.enrollments.models import Enrollment
from nok.learning.models import Completion
from tests.factories import courses, people

EMAIL = "learner@test.example"
NAME = "Zhōu Měilín 周美琳"


def completed(app: Flask, folders: Path, *, confirmed: bool = True) -> int:
    """Return a completed enrollment, of which nobody has been told yet."""
    with app.app_context():
        person = people.person(EMAIL, name=NAME, confirmed=confirmed)
        slug = courses.published(folders)
        enrollment = enrolling.enroll(person, slug)
        db.session.flush()
        db.session.add(Completion(enrollment_id=enrollment.id))
        db.session.commit()
        return enrollment.id


def issued(app: Flask, enrollment_id: int) -> Certificate:
    """Issue its certificate and commit."""
    with app.app_context():
        found = service.issue(app.extensions["nok"], enrollment_id)
        db.session.commit()
        assert found is not None
        return found


def board(code: str = "TEST", name: str = "Board of Tests", **more: object) -> Board:
    """Return a board, committed; it is made when there is none with this code."""
    found = db.session.scalar(select(Board).where(Board.code == code)) or Board(code=code, name=name, **more)
    db.session.add(found)
    db.session.commit()
    return found


def approve(app: Flask, enrollment_id: int, first: date, last: date, number: str = "T-1", **more: str) -> None:
    """Have the course of an enrollment approved for one and a half hours."""
    with app.app_context():
        course = db.session.get_one(Enrollment, enrollment_id).course_id
        approval = Approval(
            course_id=course,
            board_id=board(more.pop("code", "TEST")).id,
            number=number,
            category=more.pop("category", "Category 1"),
            hours=Decimal(more.pop("hours", "1.5")),
            valid_from=first,
            valid_until=last,
            **more,
        )
        db.session.add(approval)
        db.session.commit()


def license_of(person_id: int, board_code: str, number: str, state: str = "", ends: date | None = None) -> None:
    """Give a person a license."""
    db.session.add(License(person_id=person_id, board_code=board_code, number=number, state=state, expires_on=ends))
    db.session.commit()
