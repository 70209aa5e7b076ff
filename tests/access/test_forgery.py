"""Requests that another site, or a script of the person's own, would send."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person, Registration
from nok.assessments.models import Attempt, Choice
from nok.core.db import db
from tests.access.doors import DOORS
from tests.factories import people, rows, world
from tests.factories.world import World
from tests.pages import Browser, check_page, content

# Mail programs press this one, without a page before it: its link is the token (tests/notifications/test_choices.py).
BY_ITS_LINK = {"POST notifications.turn_off"}
POSTS = [name for name in DOORS if name.startswith("POST ") and name not in BY_ITS_LINK]
WANTED = {
    "id": "1",
    "person_id": "1",
    "role": "operator",
    "is_admin": "1",
    "demo": "1",
    "email": "taken@test.example",
    "password_hash": "x",
    "suspended_at": "2030-01-01",
    "score": "100",
    "score_percent": "100",
    "right_count": "12",
    "passed": "1",
    "completed_at": "2020-01-01",
    "covered": "[[0,60000]]",
    "enrollment_id": "1",
    "revision_id": "1",
    "number": "1",
    "license_name_confirmed": "1",
}


def send(browser: Browser, name: str, site: World, token: str | None) -> int:
    """Send what opens the door, with this token or none, and return the status."""
    door = DOORS[name]
    path, headers = door.where(site), {} if token is None else {"X-CSRFToken": token}
    if door.body is not None:
        answer = browser.client.post(path, json=door.body, headers=headers)
    else:
        answer = browser.client.post(path, data=dict(door.fields) | ({} if token is None else {"csrf_token": token}))
        check_page(answer.text)
    return answer.status_code


@pytest.mark.parametrize("role", ["anonymous", "student"])
def test_without_a_token_nothing_is_done(role: str, app: Flask, site: World, enter: Callable[[str], Browser]) -> None:
    browser = enter(role)
    before = rows.all_rows(app)
    for name in POSTS:
        # A script without a sign-in is told so: its token died with the session.
        refused = 401 if role == "anonymous" and DOORS[name].body is not None else 400
        assert send(browser, name, site, None) == refused, name
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_with_the_token_of_another_session_nothing_is_done(
    app: Flask, site: World, enter: Callable[[str], Browser], sign_in: Callable[[str], Browser]
) -> None:
    student, other = enter("student"), sign_in(world.STRANGER)
    token, before = other.token(), rows.all_rows(app)
    assert {name: send(student, name, site, token) for name in POSTS} == dict.fromkeys(POSTS, 400)
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_with_a_made_up_token_nothing_is_done(app: Flask, site: World, enter: Callable[[str], Browser]) -> None:
    student, before = enter("student"), rows.all_rows(app)
    assert {name: send(student, name, site, "x" * 64) for name in POSTS} == dict.fromkeys(POSTS, 400)
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("referrer", ["https://evil.example/", ""])
def test_over_tls_a_form_of_another_site_is_refused_even_with_the_token(
    referrer: str, app: Flask, enter: Callable[[str], Browser]
) -> None:
    student = enter("student")
    token, before = student.token(), rows.all_rows(app)
    answer = student.client.post(
        "/account/logout",
        data={"csrf_token": token},
        base_url="https://localhost",
        headers={"Referer": referrer} if referrer else {},
    )
    assert answer.status_code == 400
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_fields_that_nobody_offered_change_nothing(app: Flask, site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    before = rows.all_rows(app)
    names = {"display_name": "New Name", "license_name": "New Name", "time_zone": "UTC"}
    assert student.submit("/account/profile", WANTED | names).status_code == 303
    assert student.submit(f"/courses/{site.open_course}/enroll", WANTED).status_code == 303
    assert student.submit(f"/learn/{site.open_course}/reading-1/complete", WANTED).status_code == 303
    assert student.submit(f"/learn/{site.open_course}/final-test/attempts", WANTED).status_code == 303
    assert student.submit("/notifications/read", WANTED).status_code == 303
    changed = rows.changed(before, rows.all_rows(app))
    assert set(changed) <= {"person", "audit_line", "notification"}
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == world.STUDENT)).one()
        assert (person.display_name, person.role.value, person.demo, person.suspended_at) == (
            "New Name",
            "student",
            False,
            None,
        )
    assert len(changed["person"]) == 2, "one row, before and after"


def test_a_score_is_reckoned_never_taken(app: Flask, site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    with app.app_context():
        shown = db.session.scalars(select(Attempt).where(Attempt.submitted_at.is_(None))).one()
        wrong = db.session.scalars(select(Choice).where(~Choice.right)).all()
        fields = {f"q{choice.question_id}": str(choice.id) for choice in wrong}
        mine = set(db.session.scalars(select(Choice.question_id).where(Choice.right)))
        assert mine
        lesson = shown.lesson_id
        asked = {f"q{question}" for question in questions_of(lesson)}
    answers = {name: value for name, value in fields.items() if name in asked}
    path = f"/learn/{site.open_course}/final-test/attempts/1"
    assert student.submit(path, WANTED | answers).status_code == 303
    with app.app_context():
        ended = db.session.scalars(select(Attempt).where(Attempt.lesson_id == lesson)).one()
        assert (ended.right_count, ended.score_percent, ended.passed) == (0, 0, False)


def questions_of(lesson_id: int) -> list[int]:
    from nok.assessments.models import Question

    return list(db.session.scalars(select(Question.id).where(Question.lesson_id == lesson_id)))


def test_a_registration_asks_for_a_student(app: Flask, site: World, guest: Browser) -> None:
    fields = {"display_name": "A", "license_name": "A", "email": "a@test.example", "password": people.PASSWORD}
    assert guest.submit("/account/register", WANTED | fields).status_code == 303
    with app.app_context():
        asked = db.session.scalars(select(Registration).order_by(Registration.id.desc())).first()
        assert asked is not None
        assert (asked.email, asked.confirmed_at) == ("a@test.example", None)
    assert (
        guest.submit(f"/account/confirm/{site.confirmation}", WANTED | {"password": people.PASSWORD}).status_code == 303
    )
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == "new@test.example")).one()
        assert (person.role.value, person.demo) == ("student", False)


def test_a_beat_credits_what_the_clock_allows_whatever_else_it_says(
    app: Flask, site: World, enter: Callable[[str], Browser]
) -> None:
    student = enter("student")
    with app.app_context():
        from nok.learning.models import LessonProgress

        for progress in db.session.scalars(select(LessonProgress)):
            progress.covered, progress.completed_at = [], None
        db.session.commit()
    session = "00000000-0000-4000-8000-00000000000a"
    lies = {"covered": [[0, 60000]], "complete": True, "elapsed_ms": 60000, "speed_cap": 99, "person_id": 1}
    path = f"/api/v1/lessons/{site.video_lesson_id}/beats"
    first = lies | {"session": session, "seq": 0, "played": [], "position_ms": 0}
    second = lies | {"session": session, "seq": 1, "played": [[0, 60000]], "position_ms": 60000}
    assert student.send_json(path, first).status_code == 200
    answer = content(student.send_json(path, second))
    assert answer["covered_ms"] < 10_000
    assert answer["complete"] is False
