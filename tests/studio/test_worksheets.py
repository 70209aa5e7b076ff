"""Reviews in the studio: by the teacher of the course or an operator, once each, and never changed."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person, Role
from nok.assessments.models import Worksheet, WorksheetReview, WorksheetState
from nok.core.clock import now
from nok.core.db import db
from nok.enrollments.models import EndReason, Enrollment
from nok.learning.models import Completion
from nok.notifications.models import Notification
from tests.factories import courses, papers, people
from tests.pages import Browser

LEARNER, OTHER, OPERATOR = "learner@test.example", "other-teacher@test.example", "operator@test.example"
LESSON = "/learn/needle-safety/first-worksheet"
HERE = f"{LESSON}/worksheet"
QUEUE = "/studio/worksheets"


@pytest.fixture
def learner(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> Browser:
    """Someone who has read everything and handed in the only worksheet; there is no test."""
    with app.app_context():
        people.person(LEARNER, name="Ana <b>Writer</b>")
        people.person(OTHER, Role.TEACHER, "Dr. Other")
        people.person(OPERATOR, Role.OPERATOR, "Olga Operator")
        courses.published(tmp_path, texts=1, questions=0)
        courses.published(tmp_path, "other-course", title="Other Course", teacher=OTHER)
        papers.worksheet("needle-safety")
    browser = sign_in(LEARNER)
    browser.submit("/courses/needle-safety/enroll")
    browser.submit("/learn/needle-safety/reading-1/complete")
    hand_in(browser)
    return browser


@pytest.fixture
def teacher(learner: Browser, sign_in: Callable[[str], Browser]) -> Browser:
    return sign_in(courses.TEACHER)


def hand_in(browser: Browser, text: str = papers.WORDS, saves: int = 0) -> None:
    fields = {"answer-w-consent": text, "answer-w-stop": "Stop.", "saves": str(saves), "act": "hand-in"}
    assert browser.submit(HERE, fields).status_code == 303


def the_worksheet(app: Flask) -> Worksheet:
    with app.app_context():
        return db.session.scalars(select(Worksheet)).one()


def place(app: Flask) -> str:
    return f"{QUEUE}/{the_worksheet(app).id}"


def accept(seen: int = 1, comment: str = "") -> dict[str, str]:
    return {"comment": comment, "seen": str(seen), "accept": "Accept"}


def give_back(seen: int = 1, comment: str = "Name the nerve.") -> dict[str, str]:
    return {"comment": comment, "seen": str(seen), "give_back": "Return"}


def told(app: Flask, email: str) -> list[tuple[str, str]]:
    """Return the kind and address of what a person was told of worksheets."""
    with app.app_context():
        rows = db.session.execute(
            select(Notification.kind, Notification.url)
            .join(Person, Person.id == Notification.person_id)
            .where(Person.email == email, Notification.kind.like("worksheet%"))
            .order_by(Notification.seq)
        )
        return [(row.kind, row.url) for row in rows]


def test_the_queue_shows_course_and_name_the_longest_waiting_first(
    app: Flask, teacher: Browser, sign_in: Callable[[str], Browser]
) -> None:
    with app.app_context():
        people.person("second@test.example", name="Second Writer")
        db.session.scalars(select(Worksheet)).one().submitted_at = now() - timedelta(days=2)
        db.session.commit()
    second = sign_in("second@test.example")
    second.submit("/courses/needle-safety/enroll")
    hand_in(second)
    page = unescape(teacher.get(QUEUE).text)
    assert "2 worksheets wait for you" in page
    assert page.index("Ana <b>Writer</b>") < page.index("Second Writer")
    assert "Needle Safety" in page
    assert "<b>Writer</b>" not in teacher.get(QUEUE).text, "a name is text"


def test_a_draft_is_nobody_elses_business(app: Flask, teacher: Browser) -> None:
    with app.app_context():
        worksheet = db.session.scalars(select(Worksheet)).one()
        worksheet.state, worksheet.submitted_at = WorksheetState.DRAFT, None
        db.session.commit()
    assert "No worksheet waits" in teacher.get(QUEUE).text
    teacher.get(place(app), expect=404)
    assert teacher.submit(place(app), accept()).status_code == 404


def test_a_return_needs_a_comment_and_what_was_written_stays(app: Flask, teacher: Browser) -> None:
    answer = teacher.submit(place(app), give_back(comment="  "))
    assert answer.status_code == 422
    assert "Write what is missing" in answer.text
    for comment in ("x" * 4001, "a\0b"):
        answer = teacher.submit(place(app), give_back(comment=comment))
        assert answer.status_code == 422
        assert comment in answer.text
    answer = teacher.submit(place(app), {"comment": "No button.", "seen": "1"})
    assert (answer.status_code, "No button.</textarea>" in answer.text) == (422, True)
    assert the_worksheet(app).state is WorksheetState.SUBMITTED


def test_returned_revised_and_accepted(
    app: Flask, learner: Browser, teacher: Browser, work: Callable[[], list[str]]
) -> None:
    work()
    assert told(app, courses.TEACHER) == [("worksheet_waiting", place(app))]
    assert teacher.submit(place(app), give_back()).location == QUEUE
    work()
    assert told(app, LEARNER) == [("worksheet_returned", LESSON)]
    page = learner.get(LESSON).text
    assert "Name the nerve." in page
    assert "<textarea" in page, "it can be changed again"
    assert "came back with a comment" in learner.get("/learn").text
    assert papers.WORDS not in teacher.get(place(app)).text.partition("Earlier reviews")[0]
    hand_in(learner, "Words that name the nerve.", saves=1)
    work()
    assert len(told(app, courses.TEACHER)) == 2, "told again, for it waits again"
    page = teacher.get(place(app)).text
    assert "Words that name the nerve." in page
    assert papers.WORDS in page, "and what was handed in before"
    assert teacher.submit(place(app), accept(seen=2)).status_code == 303
    work()
    assert told(app, LEARNER)[-1] == ("worksheet_accepted", LESSON)
    with app.app_context():
        reviews = db.session.scalars(select(WorksheetReview).order_by(WorksheetReview.id)).all()
        assert [(row.accepted, row.comment, row.answers["w-consent"]) for row in reviews] == [
            (False, "Name the nerve.", papers.WORDS),
            (True, "", "Words that name the nerve."),
        ]
        assert db.session.scalars(select(Completion)).one(), "the last gate of this course"


def test_a_second_verdict_is_refused_and_its_comment_kept(app: Flask, teacher: Browser) -> None:
    assert teacher.submit(place(app), accept()).status_code == 303
    answer = teacher.submit(place(app), give_back(comment="Too late, this one."))
    assert answer.status_code == 409
    assert "Too late, this one." in answer.text
    with app.app_context():
        assert len(db.session.scalars(select(WorksheetReview)).all()) == 1
    assert the_worksheet(app).state is WorksheetState.ACCEPTED


def test_a_verdict_on_a_text_that_was_not_read_is_refused(app: Flask, learner: Browser, teacher: Browser) -> None:
    teacher.submit(place(app), give_back())
    hand_in(learner, "Quite another text than before.", saves=1)
    answer = teacher.submit(place(app), accept(seen=1, comment="From an old tab."))
    assert answer.status_code == 409
    assert "From an old tab." in answer.text
    assert "Quite another text than before." in answer.text
    assert the_worksheet(app).state is WorksheetState.SUBMITTED
    for seen in ("", "x", "9" * 30, "-1"):
        assert teacher.submit(place(app), accept() | {"seen": seen}).status_code == 422


def test_the_teacher_of_another_course_finds_nothing(
    app: Flask, learner: Browser, sign_in: Callable[[str], Browser]
) -> None:
    other = sign_in(OTHER)
    assert "No worksheet waits" in other.get(QUEUE).text
    for answer in (other.get(place(app), expect=404), other.submit(place(app), accept())):
        assert answer.status_code == 404
        assert papers.WORDS not in answer.text
    assert the_worksheet(app).state is WorksheetState.SUBMITTED


def test_students_are_refused_their_own_and_others(app: Flask, learner: Browser) -> None:
    for path in (QUEUE, place(app)):
        learner.get(path, expect=403)
    assert learner.submit(place(app), accept()).status_code == 403
    assert the_worksheet(app).state is WorksheetState.SUBMITTED


def test_an_operator_may_review(app: Flask, learner: Browser, sign_in: Callable[[str], Browser]) -> None:
    operator = sign_in(OPERATOR)
    assert "1 worksheet waits for you" in operator.get(QUEUE).text
    assert operator.submit(place(app), accept()).status_code == 303
    assert the_worksheet(app).state is WorksheetState.ACCEPTED


def lose(app: Flask, how: str) -> None:
    """Shut the course to its only learner: `left`, `removed`, `over` (the window of access), or `suspended`."""
    with app.app_context():
        enrollment = db.session.scalars(select(Enrollment)).one()
        if how == "suspended":
            db.session.get_one(Person, enrollment.person_id).suspended_at = now()
        elif how == "over":
            enrollment.access_until = now() - timedelta(seconds=1)
        else:
            enrollment.ended_at, enrollment.end_reason = now(), EndReason(how)
        db.session.commit()


@pytest.mark.parametrize("how", ["left", "removed", "over"])
def test_when_the_learner_is_out_of_the_course_nothing_waits(
    how: str, app: Flask, teacher: Browser, sign_in: Callable[[str], Browser]
) -> None:
    lose(app, how)
    operator = sign_in(OPERATOR)
    for browser, page in ((teacher, QUEUE), (teacher, "/studio"), (operator, QUEUE)):
        assert "No worksheet waits for you" in browser.get(page).text
    assert '<span class="figure-number">0</span> worksheets that wait' in operator.get("/admin").text
    assert papers.WORDS in teacher.get(place(app)).text, "who knows the address may read it still"


@pytest.mark.parametrize("how", ["left", "removed", "over", "suspended"])
@pytest.mark.parametrize(("verdict", "word"), [(accept(), "Accepted."), (give_back(), "Returned.")])
def test_it_is_not_said_that_somebody_is_told_who_is_not(
    verdict: dict[str, str], word: str, how: str, app: Flask, teacher: Browser, work: Callable[[], list[str]]
) -> None:
    lose(app, how)
    assert "nobody is told of your verdict" in teacher.get(place(app)).text
    assert teacher.submit(place(app), verdict).status_code == 303
    page = teacher.get(QUEUE).text
    assert word in page
    assert "is told" not in page
    work()
    assert told(app, LEARNER) == []


def test_it_is_said_that_the_learner_is_told(app: Flask, teacher: Browser) -> None:
    assert "nobody is told" not in teacher.get(place(app)).text
    teacher.submit(place(app), accept())
    assert "Writer&lt;/b&gt; is told." in teacher.get(QUEUE).text


def test_nobody_reviews_their_own(app: Flask, teacher: Browser) -> None:
    teacher.submit("/courses/needle-safety/enroll")
    hand_in(teacher, "Words of the teacher herself.")
    with app.app_context():
        own = db.session.scalars(select(Worksheet.id).order_by(Worksheet.id.desc())).first()
    assert "somebody else has to review it" in teacher.get(f"{QUEUE}/{own}").text
    assert teacher.submit(f"{QUEUE}/{own}", accept()).status_code == 403


@pytest.mark.parametrize("number", ["0", "999999", str(2**63), "9" * 30])
def test_a_worksheet_that_is_not_there(number: str, teacher: Browser) -> None:
    teacher.get(f"{QUEUE}/{number}", expect=404)
    assert teacher.submit(f"{QUEUE}/{number}", accept()).status_code == 404


@pytest.mark.parametrize("page", ["0", "-1", "1000001", "9" * 30])
def test_a_page_of_the_queue_that_cannot_be(page: str, teacher: Browser) -> None:
    teacher.get(f"{QUEUE}?page={page}", expect=404)


def test_fields_that_nobody_offered_change_nothing(app: Flask, learner: Browser, teacher: Browser) -> None:
    teacher.submit(place(app), give_back() | {"worksheet_id": "1", "reviewer_id": "1", "state": "accepted"})
    assert the_worksheet(app).state is WorksheetState.RETURNED
    fields = {"answer-w-consent": "x", "saves": "1", "act": "save", "state": "accepted", "comment": "Mine."}
    assert learner.submit(HERE, fields).status_code == 303
    assert (the_worksheet(app).state, the_worksheet(app).comment) == (WorksheetState.RETURNED, "Name the nerve.")
