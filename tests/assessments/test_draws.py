"""A bank of questions: each attempt asks what was drawn for it, and tells nothing of the rest."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.assessments import queries as assessments
from nok.assessments.models import Attempt, Question
from nok.core.db import db
from nok.courses.models import Lesson, LessonKind
from tests.factories import courses, people, world
from tests.pages import Browser

LESSON = "/learn/needle-safety/final-test"
HERE = f"{LESSON}/attempts"
AS_IT_IS = {"with-blanks": "1"}
AUTOSAVE = "/api/v1/attempts/needle-safety/final-test/1/answers"
DRAWN = 5


@pytest.fixture
def learner(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> Browser:
    """Someone who has read all of a course whose test draws 5 of 20 questions, shuffled, twice at most."""
    with app.app_context():
        people.person()
        courses.published(tmp_path, texts=1, questions=20, attempts=2)
        test = the_test()
        test.draw_count, test.shuffle = DRAWN, True
        db.session.commit()
    browser = sign_in("learner@test.example")
    browser.submit("/courses/needle-safety/enroll")
    browser.submit("/learn/needle-safety/reading-1/complete")
    return browser


def the_test() -> Lesson:
    return db.session.scalars(select(Lesson).where(Lesson.kind == LessonKind.TEST)).one()


def drawn(app: Flask, number: int = 1) -> list[tuple[int, list[int]]]:
    with app.app_context():
        rows = db.session.scalars(select(Attempt.drawn).where(Attempt.number == number)).one()
        return [(question, choices) for question, choices in rows]


def right(app: Flask) -> dict[int, list[int]]:
    with app.app_context():
        return world.right_answers(the_test())


def fields(answers: dict[int, list[int]]) -> dict[str, str]:
    return {f"q{question}": str(chosen[0]) for question, chosen in answers.items()}


def shown(page: str) -> list[tuple[int, list[int]]]:
    """Return the questions and choices of a running test as the page has them."""
    found: dict[int, list[int]] = {}
    for question, choice in re.findall(r'name="q(\d+)" value="(\d+)"', page):
        found.setdefault(int(question), []).append(int(choice))
    return list(found.items())


def test_the_page_asks_what_was_drawn_in_its_order_and_holds_nothing_of_the_rest(app: Flask, learner: Browser) -> None:
    assert f"<dd>{DRAWN}</dd>" in learner.get(LESSON).text, "said before the start"
    learner.submit(HERE)
    page = learner.get(f"{HERE}/1").text
    asked = drawn(app)
    assert len(asked) == DRAWN
    assert shown(page) == asked
    assert shown(learner.get(f"{HERE}/1").text) == asked, "the same after a reload"
    with app.app_context():
        stems = {row.id: row.stem_html for row in db.session.scalars(select(Question))}
    assert {key for key, stem in stems.items() if stem in page} == dict(asked).keys()
    assert "Because it is" not in page


def test_the_score_counts_what_was_drawn(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    asked = dict(drawn(app))
    answers = fields({question: chosen for question, chosen in right(app).items() if question in asked})
    left_out = dict(list(answers.items())[1:])
    learner.submit(f"{HERE}/1", left_out | AS_IT_IS)
    page = learner.get(f"{HERE}/1").text
    assert "4 of 5 questions right" in page
    assert page.count("Because it is") == DRAWN, "passed with 80 percent: explained, and only what was asked"


def test_answers_to_questions_that_were_not_drawn_are_refused(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    asked = dict(drawn(app))
    foreign = {question: chosen for question, chosen in right(app).items() if question not in asked}
    body = {"answers": {str(question): chosen for question, chosen in foreign.items()}}
    assert learner.send_json(AUTOSAVE, body).status_code == 422
    answer = learner.submit(f"{HERE}/1", fields(foreign))
    assert (answer.status_code, "does not belong" in answer.text) == (422, True)
    with app.app_context():
        attempt = db.session.scalars(select(Attempt)).one()
        assert (attempt.answers, attempt.submitted_at) == ({}, None)


def test_before_the_last_try_the_result_tells_no_right_answer(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    learner.submit(f"{HERE}/1", AS_IT_IS)
    page = learner.get(f"{HERE}/1").text
    assert "0 of 5 questions right" in page
    assert "Because it is" not in page
    assert "answer right" not in page
    learner.submit(HERE)
    learner.submit(f"{HERE}/2", AS_IT_IS)
    last = learner.get(f"{HERE}/2").text
    assert last.count("Because it is") == DRAWN
    assert last.count("Right answer") == DRAWN


def test_each_try_draws_anew(app: Flask, learner: Browser) -> None:
    for number in (1, 2):
        learner.submit(HERE)
        learner.submit(f"{HERE}/{number}", AS_IT_IS)
    assert drawn(app, 1) != drawn(app, 2)


def test_an_attempt_from_before_the_draws_asks_everything_as_it_was_written(app: Flask, learner: Browser) -> None:
    learner.submit(HERE)
    with app.app_context():
        attempt = db.session.scalars(select(Attempt)).one()
        attempt.drawn, attempt.question_count = [], 20
        db.session.commit()
        written = [(row.id, [choice.id for choice in row.choices]) for row in assessments.questions(the_test().id)]
    assert shown(learner.get(f"{HERE}/1").text) == written


def test_a_picture_of_the_revision_stands_in_a_question(app: Flask, learner: Browser) -> None:
    with app.app_context():
        for question in db.session.scalars(select(Question)):
            question.stem_html = '<p>Look.</p><img src="/learn/needle-safety/pictures/needle.svg" alt="A needle">'
        db.session.commit()
    learner.submit(HERE)
    assert learner.get(f"{HERE}/1").text.count('alt="A needle"') == DRAWN
