"""The path a learner walks, without a browser: enroll, read, pass, and hold a certificate."""

from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from nok.assessments.models import Choice, Question
from nok.certificates.models import Certificate
from nok.core.db import db
from tests.factories import courses, people
from tests.pages import Browser


def right_answers(app: Flask) -> dict[str, list[str]]:
    """Return the form fields that answer every question right."""
    with app.app_context():
        rows = db.session.execute(select(Choice.question_id, Choice.id).join(Question).where(Choice.right))
        fields: dict[str, list[str]] = {}
        for question, choice in rows:
            fields.setdefault(f"q{question}", []).append(str(choice))
        return fields


def test_a_learner_reads_passes_and_holds_a_certificate_that_anyone_can_verify(
    app: Flask,
    sign_in: Callable[[str], Browser],
    guest: Browser,
    work: Callable[[], list[str]],
    tmp_path: Path,
) -> None:
    with app.app_context():
        people.person()
        slug = courses.published(tmp_path)
    learner = sign_in("learner@test.example")
    assert learner.submit(f"/courses/{slug}/enroll").status_code == 303
    for lesson in ("reading-1", "reading-2"):
        learner.get(f"/learn/{slug}/{lesson}")
        assert learner.submit(f"/learn/{slug}/{lesson}/complete").status_code == 303
    learner.get(f"/learn/{slug}/final-test")
    assert learner.submit(f"/learn/{slug}/final-test/attempts").location.endswith("/attempts/1")
    page = learner.get(f"/learn/{slug}/final-test/attempts/1").text
    assert "Because it is" not in page
    answers = right_answers(app)
    assert learner.submit(f"/learn/{slug}/final-test/attempts/1", answers).status_code == 303
    assert "Because it is" in learner.get(f"/learn/{slug}/final-test/attempts/1").text
    ran = work()
    assert ran.count("certificates.issue") == 1
    assert {"certificates.tell", "certificates.mail", "enrollments.tell"} <= set(ran)
    with app.app_context():
        serial = db.session.scalars(select(Certificate.serial)).one()
    assert serial in learner.get("/certificates").text
    assert learner.get(f"/certificates/{serial}.pdf").data.startswith(b"%PDF-")
    assert "周美琳" in guest.get(f"/verify/{serial}").text
    guest.get(f"/verify/{serial[:-1]}{'0' if serial[-1] != '0' else '1'}", expect=404)
    assert "is ready" in learner.get("/notifications").text
