"""The evaluation: after the test, everything rated, once; then the course is completed."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from nok.assessments.models import Evaluation, Worksheet, WorksheetState
from nok.core.clock import now
from nok.core.db import db
from nok.courses.models import Lesson, LessonKind
from nok.learning.models import Completion
from tests.factories import world
from tests.pages import Browser, Page

LESSON = "/learn/needle-safety/evaluation"
HERE = f"{LESSON}/evaluation"
RATED = {"rate-objective-1": "5", "rate-knowledge": "4", "rate-methods": "3", "rate-usefulness": "1"}


def completions(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Completion)) or 0


def pass_everything(app: Flask, writer: Browser) -> None:
    """Everything before the evaluation, with the worksheet accepted."""
    writer.submit("/learn/needle-safety/reading-1/complete")
    fields = {"answer-w-consent": "One two three four five.", "answer-w-stop": "Stop.", "saves": "0", "act": "hand-in"}
    assert writer.submit("/learn/needle-safety/first-worksheet/worksheet", fields).status_code == 303
    with app.app_context():
        worksheet = db.session.scalars(select(Worksheet)).one()
        worksheet.state, worksheet.reviewed_at = WorksheetState.ACCEPTED, now()
        db.session.commit()
        test = db.session.scalars(select(Lesson).where(Lesson.kind == LessonKind.TEST)).one()
        right = {f"q{question}": str(chosen[0]) for question, chosen in world.right_answers(test).items()}
    assert writer.submit("/learn/needle-safety/final-test/attempts").status_code == 303
    assert writer.submit("/learn/needle-safety/final-test/attempts/1", right).status_code == 303


def test_it_opens_after_the_test(app: Flask, writer: Browser) -> None:
    answer = writer.submit(HERE, RATED)
    assert answer.status_code == 409
    assert "opens when everything before it is done" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Evaluation)).all() == []


def test_after_it_the_course_is_completed_and_the_certificate_follows(
    app: Flask, writer: Browser, work: Callable[[], list[str]]
) -> None:
    pass_everything(app, writer)
    assert completions(app) == 0, "passing the test is not enough here"
    page = writer.get(LESSON).text
    assert "Know that it works." in page, "each objective is asked for"
    for word in ("Fully met", "Not met", "Excellent", "Poor"):
        assert word in page
    assert writer.submit(HERE, RATED | {"comment": "Clear."}).location == LESSON
    assert completions(app) == 1
    assert "certificates.issue" in work()
    with app.app_context():
        row = db.session.scalars(select(Evaluation)).one()
        expected = {"objective-1": 5, "knowledge": 4, "methods": 3, "usefulness": 1}
        assert (row.ratings, row.comment) == (expected, "Clear.")
    assert "Your evaluation is in" in writer.get(LESSON).text


def test_it_is_sent_once(app: Flask, writer: Browser) -> None:
    pass_everything(app, writer)
    writer.submit(HERE, RATED)
    assert writer.submit(HERE, dict.fromkeys(RATED, "1")).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Evaluation)).one().ratings["objective-1"] == 5
    assert completions(app) == 1


def test_what_is_left_out_is_asked_for_and_what_was_chosen_stays(app: Flask, writer: Browser) -> None:
    pass_everything(app, writer)
    for rating in ("", "0", "6", "x", "55", "-1", "٣"):
        answer = writer.submit(HERE, RATED | {"rate-methods": rating, "comment": "My words."})
        assert answer.status_code == 422, rating
        assert 'id="rate-methods-error"' in answer.text
        assert 'id="rate-knowledge-error"' not in answer.text
        chosen = {field["name"]: field["value"] for field in Page(answer.text).all("input") if "checked" in field}
        assert chosen == {name: value for name, value in RATED.items() if name != "rate-methods"}
        assert "My words.</textarea>" in answer.text
    assert completions(app) == 0


def test_a_comment_that_cannot_be_kept_is_refused_beside_its_field(app: Flask, writer: Browser) -> None:
    pass_everything(app, writer)
    for comment in ("a\0b", "x" * 4001, "a\u202eb"):
        answer = writer.submit(HERE, RATED | {"comment": comment})
        assert answer.status_code == 422
        assert 'id="comment-error"' in answer.text
    assert completions(app) == 0


def test_only_the_evaluation_is_an_evaluation(writer: Browser) -> None:
    writer.get("/learn/needle-safety/reading-1/evaluation", expect=404)
    assert writer.submit("/learn/needle-safety/reading-1/evaluation", RATED).status_code == 422
