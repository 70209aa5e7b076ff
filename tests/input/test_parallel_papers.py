"""Worksheets, reviews and evaluations sent many times at once count once."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from nok.assessments.models import Evaluation, Worksheet, WorksheetReview
from nok.core.audit import AuditLine
from nok.core.db import db
from nok.courses.models import Lesson, LessonKind
from nok.learning.models import Completion
from tests.factories import courses, papers, people, world
from tests.factories.crowd import at_once, count, posting, told
from tests.pages import Browser


@pytest.fixture
def papered(real: Flask, learner: Browser, course: str) -> str:
    """The learner is in a course with a worksheet."""
    with real.app_context():
        papers.worksheet(course)
    learner.submit(f"/courses/{course}/enroll")
    return course


def test_twenty_hand_ins_of_a_worksheet_count_once(real: Flask, learner: Browser, papered: str) -> None:
    texts = {f"answer-{key}": text for key, text in papers.TEXTS.items()}
    fields = texts | {"saves": "0", "act": "hand-in"}
    asked = posting(learner, f"/learn/{papered}/first-worksheet/worksheet", fields)
    assert set(at_once(real, learner, 20, asked)) == {303}
    assert (count(real, Worksheet), told(real, "WorksheetSubmitted")) == (1, 1)
    assert count(real, AuditLine, AuditLine.action == "worksheet.submitted") == 1


def test_of_two_tabs_that_save_at_once_one_is_told(real: Flask, learner: Browser, papered: str) -> None:
    path, headers = f"/api/v1/worksheets/{papered}/first-worksheet/answers", {"X-CSRFToken": learner.token()}
    turn, lock = iter(range(10)), threading.Lock()

    def ask(tab: Browser) -> int:
        with lock:
            text = f"Tab {next(turn)}"
        return tab.client.post(path, json={"answers": {"w-stop": text}, "saves": 0}, headers=headers).status_code

    assert sorted(at_once(real, learner, 10, ask)) == [200] + [409] * 9
    with real.app_context():
        assert db.session.scalars(select(Worksheet.saves)).one() == 1


def test_ten_verdicts_at_once_make_one_review(real: Flask, learner: Browser, papered: str) -> None:
    fields = {f"answer-{key}": text for key, text in papers.TEXTS.items()} | {"saves": "0", "act": "hand-in"}
    learner.submit(f"/learn/{papered}/first-worksheet/worksheet", fields)
    with real.app_context():
        number = db.session.scalars(select(Worksheet.id)).one()
    teacher = Browser(real.test_client())
    teacher.submit("/account/login", {"email": courses.TEACHER, "password": people.PASSWORD})
    verdict = {"seen": "1", "comment": "Good.", "accept": "Accept"}
    found = at_once(real, teacher, 10, posting(teacher, f"/studio/worksheets/{number}", verdict))
    assert sorted(found) == [303] + [409] * 9
    assert (count(real, WorksheetReview), told(real, "WorksheetReviewed")) == (1, 1)


def test_twenty_evaluations_complete_a_course_once(real: Flask, learner: Browser, begun: str) -> None:
    with real.app_context():
        papers.evaluation(begun)
        lesson = db.session.scalars(select(Lesson).where(Lesson.kind == LessonKind.TEST)).one()
        right = {f"q{question}": str(chosen[0]) for question, chosen in world.right_answers(lesson).items()}
        rated = {f"rate-{topic}": str(value) for topic, value in papers.ratings(begun).items()}
    learner.submit(f"/learn/{begun}/final-test/attempts")
    learner.submit(f"/learn/{begun}/final-test/attempts/1", right)
    asked = posting(learner, f"/learn/{begun}/evaluation/evaluation", rated)
    assert set(at_once(real, learner, 20, asked)) == {303}
    assert (count(real, Evaluation), count(real, Completion), told(real, "CourseCompleted")) == (1, 1, 1)
