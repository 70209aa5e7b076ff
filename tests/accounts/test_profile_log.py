"""What the log tells of a changed profile: the old and the new, and nothing where nothing changed."""

from flask import Flask
from sqlalchemy import select

from nok.accounts import service
from nok.accounts.models import Person
from nok.core.audit import AuditLine
from nok.core.db import db
from tests.accounts.conftest import NAME
from tests.pages import Browser


def told(app: Flask, action: str) -> list[tuple[int | None, dict[str, str]]]:
    with app.app_context():
        lines = select(AuditLine.actor_id, AuditLine.details).where(AuditLine.action == action).order_by(AuditLine.id)
        return [(actor_id, details) for actor_id, details in db.session.execute(lines)]


def test_the_log_tells_when_a_person_is_called_otherwise(app: Flask, mei: Browser, person_id: int) -> None:
    profile = {"display_name": NAME, "license_name": NAME, "time_zone": "UTC", "language": ""}
    for name in (NAME, "Mei", "Mei"):
        assert mei.submit("/account/profile", profile | {"display_name": name}).status_code == 303
    assert told(app, "person.display_name") == [(person_id, {"old": NAME, "new": "Mei"})]


def test_the_log_tells_when_a_person_moves_to_another_time_zone(app: Flask, mei: Browser, person_id: int) -> None:
    profile = {"display_name": NAME, "license_name": NAME, "language": ""}
    for zone in ("UTC", "Asia/Taipei", "Asia/Taipei"):
        assert mei.submit("/account/profile", profile | {"time_zone": zone}).status_code == 303
    assert told(app, "person.time_zone") == [(person_id, {"old": "UTC", "new": "Asia/Taipei"})]


def test_the_log_tells_what_changed_in_a_teachers_profile(app: Flask, person_id: int) -> None:
    for profile in (("mei-lin", "L.Ac.", ""), ("mei-lin", "L.Ac.", ""), ("mei-lin", "L.Ac., DACM", "Teaches.")):
        with app.app_context():
            service.present_teacher(db.session.get_one(Person, person_id), *profile)
            db.session.commit()
    assert [tuple(details.values()) for _actor_id, details in told(app, "person.teacher_profile")] == [
        ("slug", "", "mei-lin"),
        ("credentials", "", "L.Ac."),
        ("credentials", "L.Ac.", "L.Ac., DACM"),
        ("bio", "", "Teaches."),
    ]
