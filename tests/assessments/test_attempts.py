"""A test on the page: tries and time are counted by the server."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.assessments.models import Attempt
from nok.core.clock import now
from nok.core.db import db
from nok.courses.models import Lesson, LessonKind
from nok.enrollments.models import Enrollment
from tests.factories import courses, people, world
from tests.pages import Browser

HERE = "/learn/needle-safety/final-test/attempts"
AS_IT_IS = {"with-blanks": "1"}


@pytest.fixture
def learner(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> Browser:
    """Someone who has read all of a course with a test of 30 minutes and two tries."""
    with app.app_context():
        people.person()
        courses.published(tmp_path, texts=1, attempts=2, time_limit=30)
    browser = sign_in("learner@test.example")
    browser.submit("/courses/needle-safety/enroll")
    browser.submit("/learn/needle-safety/reading-1/complete")
    return browser


def answers(app: Flask) -> dict[str, str]:
    with app.app_context():
        lesson = db.session.scalars(select(Lesson).where(Lesson.kind == LessonKind.TEST)).one()
        return {f"q{question}": str(chosen[0]) for question, chosen in world.right_answers(lesson).items()}


def the_attempt(app: Flask) -> Attempt:
    with app.app_context():
        return db.session.scalars(select(Attempt).order_by(Attempt.number.desc())).all()[0]


def let_time_pass(app: Flask, minutes: int) -> None:
    with app.app_context():
        attempt = db.session.scalars(select(Attempt)).one()
        assert attempt.deadline_at is not None
        attempt.started_at -= timedelta(minutes=minutes)
        attempt.deadline_at -= timedelta(minutes=minutes)
        db.session.commit()


def autosave(app: Flask, learner: Browser, fields: dict[str, str]) -> int:
    body = {"answers": {name[1:]: [value] for name, value in fields.items()}}
    return learner.send_json(
        f"/api/v1/attempts/needle-safety/final-test/{the_attempt(app).number}/answers", body
    ).status_code


def test_the_mark_the_tries_and_the_time_stand_before_the_start(learner: Browser) -> None:
    page = learner.get("/learn/needle-safety/final-test").text
    for fact in ("75%", "30 min", "<dd>2</dd>", "<dd>12</dd>"):
        assert fact in page, fact


def test_the_deadline_is_the_servers(app: Flask, learner: Browser) -> None:
    learner.submit(HERE, {"deadline_at": "2099-01-01", "time_limit": "999"})
    deadline = the_attempt(app).deadline_at
    assert deadline is not None
    assert timedelta(minutes=29) < deadline - now() <= timedelta(minutes=30)


def test_what_arrives_after_the_deadline_does_not_count_and_what_was_saved_before_does(
    app: Flask, learner: Browser
) -> None:
    learner.submit(HERE)
    right = answers(app)
    saved = dict(list(right.items())[:9])
    assert autosave(app, learner, saved) == 200
    let_time_pass(app, 31)
    assert autosave(app, learner, right) == 409
    assert learner.submit(f"{HERE}/1", right).status_code == 303
    assert (the_attempt(app).right_count, the_attempt(app).passed) == (9, True)


def test_what_has_blanks_is_handed_in_only_when_that_is_confirmed(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    some = dict(list(answers(app).items())[:10])
    asked = learner.submit(f"{HERE}/1", some)
    assert asked.status_code == 422
    assert "2 questions have no answer yet" in asked.text
    assert asked.text.count(" checked") == 10, "the choices are kept"
    for number in range(1, 13):
        assert (f">Question {number}</a>" in asked.text) == (number > 10), "the blanks are named"
    assert "Send anyway" in asked.text
    attempt = the_attempt(app)
    assert (attempt.submitted_at, len(attempt.answers)) == (None, 10), "nor are they lost when the time runs out"
    assert learner.submit(f"{HERE}/1", some | AS_IT_IS).status_code == 303
    assert (the_attempt(app).right_count, the_attempt(app).passed) == (10, True)


def test_a_test_without_blanks_is_handed_in_at_once(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    assert "Send anyway" not in learner.get(f"{HERE}/1").text
    assert learner.submit(f"{HERE}/1", answers(app)).status_code == 303
    assert learner.submit(f"{HERE}/1").status_code == 303, "nothing is asked of what is handed in"


def test_after_the_deadline_nobody_is_asked_about_blanks(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    let_time_pass(app, 30)
    assert learner.submit(f"{HERE}/1").status_code == 303
    assert the_attempt(app).submitted_at is not None


def test_a_failed_try_says_how_many_are_left(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    learner.submit(f"{HERE}/1", AS_IT_IS)
    assert "1 try is left." in learner.get(f"{HERE}/1").text
    learner.submit(HERE)
    assert "Your last try is open." in learner.get(f"{HERE}/1").text
    learner.submit(f"{HERE}/2", answers(app))
    assert "try is left" not in learner.get(f"{HERE}/1").text, "passed: nothing is to be tried"


def test_when_the_last_try_fails_the_page_says_so(app: Flask, learner: Browser) -> None:
    for number in (1, 2):
        learner.submit(HERE)
        learner.submit(f"{HERE}/{number}", AS_IT_IS)
    assert "No try is left. Ask your teacher" in learner.get(f"{HERE}/2").text


def test_after_the_end_no_answer_can_be_changed(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    learner.submit(f"{HERE}/1", AS_IT_IS)
    assert autosave(app, learner, answers(app)) == 409
    assert learner.submit(f"{HERE}/1", answers(app)).status_code == 303
    assert the_attempt(app).score_percent == 0


def test_answers_saved_on_the_way_are_there_after_a_reload(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    name, value = next(iter(answers(app).items()))
    autosave(app, learner, {name: value})
    page = learner.get(f"{HERE}/1").text
    assert f'name="{name}" value="{value}" checked' in page
    assert page.count(" checked") == 1


def test_starting_again_goes_on_with_the_open_try(app: Flask, learner: Browser) -> None:
    assert learner.submit(HERE).location == learner.submit(HERE).location == f"{HERE}/1"


def test_when_the_tries_are_used_no_other_begins(app: Flask, learner: Browser) -> None:
    for number in (1, 2):
        learner.submit(HERE)
        learner.submit(f"{HERE}/{number}", AS_IT_IS)
    answer = learner.submit(HERE)
    assert answer.status_code == 409
    assert "used all attempts" in answer.text
    assert the_attempt(app).number == 2
    page = learner.get("/learn/needle-safety/final-test").text
    assert "Begin the test" not in page
    assert "All tries at the test are used" in page


def test_while_the_last_try_runs_the_earlier_ones_show_no_right_answer(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    learner.submit(f"{HERE}/1", AS_IT_IS)
    learner.submit(HERE)
    page = learner.get(f"{HERE}/1").text
    assert "Because it is" not in page
    assert "Try again" in page, "the one that runs is gone on with"
    learner.submit(f"{HERE}/2", AS_IT_IS)
    assert "Because it is" in learner.get(f"{HERE}/1").text


def test_a_test_that_is_passed_is_not_taken_again(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    learner.submit(f"{HERE}/1", answers(app))
    answer = learner.submit(HERE)
    assert answer.status_code == 409
    assert "You have passed this test already" in answer.text
    page = learner.get("/learn/needle-safety/final-test").text
    assert "You have passed this test." in page
    assert "Begin the test" not in page


def test_one_more_try_may_be_allowed(app: Flask, learner: Browser) -> None:
    for number in (1, 2):
        learner.submit(HERE)
        learner.submit(f"{HERE}/{number}", AS_IT_IS)
    with app.app_context():
        db.session.scalars(select(Enrollment)).one().extra_attempts = 1
        db.session.commit()
    assert "Begin the test" in learner.get("/learn/needle-safety/final-test").text
    assert learner.submit(HERE).location == f"{HERE}/3"
    assert "Because it is" not in learner.get(f"{HERE}/1").text, "there is a try to come again"


def test_the_test_opens_after_the_lessons(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> None:
    with app.app_context():
        people.person()
        courses.published(tmp_path)
    browser = sign_in("learner@test.example")
    browser.submit("/courses/needle-safety/enroll")
    assert browser.submit(HERE).status_code == 409
    assert "Begin the test" not in browser.get("/learn/needle-safety/final-test").text
    for lesson in ("reading-1", "reading-2"):
        browser.submit(f"/learn/needle-safety/{lesson}/complete")
    assert "Begin the test" in browser.get("/learn/needle-safety/final-test").text


def test_a_reading_is_no_test_and_a_test_is_no_reading(learner: Browser) -> None:
    assert learner.submit("/learn/needle-safety/reading-1/attempts").status_code == 422
    assert learner.submit("/learn/needle-safety/final-test/complete").status_code == 422


def test_the_result_explains_every_answer_only_afterwards(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    assert "Because it is" not in learner.get(f"{HERE}/1").text
    learner.submit(f"{HERE}/1", answers(app))
    page = learner.get(f"{HERE}/1").text
    assert page.count("Because it is") == 12
    assert "12 of 12 questions right" in page
