"""Ask the teacher: about words of a text, seen by two, answered, told, and shown to others without a name."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person, Role
from nok.core.clock import now
from nok.core.db import db
from nok.discussions import service
from nok.discussions.models import Question, Reply
from nok.enrollments.models import EndReason, Enrollment
from nok.notifications.models import Notification
from tests.factories import articles, courses, people
from tests.pages import Browser

READER, OTHER, OPERATOR = "reader@test.example", "other@test.example", "operator@test.example"
WORDS = "The needle enters slowly. Press for two minutes."
ARTICLE = "/articles/how-it-heals"
ASKED = {"source": f"{ARTICLE}/revisions/1", "start": "35", "end": "56", "text": "Why <b>two</b>?"}
LESSON = "/learn/needle-safety/reading-1"
CLOSED = "This text is closed to you by now"


@pytest.fixture
def reader(app: Flask, tmp_path: Path, sign_in: Callable[[str], Browser]) -> Browser:
    with app.app_context():
        people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
        people.person(READER, name="Rita Reader")
        people.person(OTHER, Role.TEACHER, "Dr. Other")
        people.person(OPERATOR, Role.OPERATOR, "Olga Operator")
        articles.published(tmp_path, words=WORDS)
        courses.published(tmp_path, texts=1, questions=0)
    return sign_in(READER)


@pytest.fixture
def teacher(reader: Browser, sign_in: Callable[[str], Browser]) -> Browser:
    return sign_in(courses.TEACHER)


@pytest.fixture
def question(reader: Browser) -> str:
    """The address of a question about two minutes."""
    return reader.submit("/questions", ASKED).headers["Location"]


def last(browser: Browser, question: str) -> str:
    """The last reply on the page."""
    found = re.search(r'name="seen" type="hidden" value="(\d+)"', browser.get(question).text)
    assert found
    return found[1]


def say(browser: Browser, question: str, text: str) -> None:
    answer = browser.submit(question, {"text": text, "seen": last(browser, question)})
    assert answer.status_code == 303, answer.text


def told(app: Flask, email: str) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(
            select(Notification.kind, Notification.url)
            .join(Person, Person.id == Notification.person_id)
            .where(Person.email == email)
            .order_by(Notification.id)
        )
        return [(kind, url) for kind, url in rows]


def test_the_words_that_were_selected_stand_above_the_question(reader: Browser) -> None:
    page = reader.get(f"/questions/ask?source={ARTICLE}/revisions/1&start=35&end=56").text
    assert "Press for two minutes" in page
    assert "Dr. Test Teacher" in page


def test_a_question_reaches_its_teacher_and_the_answer_its_asker(
    app: Flask, reader: Browser, teacher: Browser, question: str, work: Callable[[], list[str]]
) -> None:
    work()
    assert told(app, courses.TEACHER) == [("question_asked", question)]
    inbox = teacher.get("/studio/questions").text
    assert "1 question waits for you." in unescape(inbox)
    assert "Rita Reader" in inbox
    page = teacher.get(question).text
    assert "Press for two minutes" in page
    assert "Why &lt;b&gt;two&lt;/b&gt;?" in page
    say(teacher, question, "Longer with an anticoagulant.")
    work()
    assert ("question_replied", question) in told(app, READER)
    assert "Longer with an anticoagulant." in reader.get(question).text
    assert "No question waits for you." in teacher.get("/studio/questions").text


def test_what_the_asker_writes_on_waits_again(reader: Browser, teacher: Browser, question: str) -> None:
    say(teacher, question, "Because it bleeds.")
    say(reader, question, "And for children?")
    assert "1 question waits for you." in teacher.get("/studio/questions").text


def test_a_word_of_thanks_waits_for_nobody(reader: Browser, teacher: Browser, question: str) -> None:
    say(teacher, question, "Because it bleeds.")
    say(reader, question, "Thank you.")
    assert reader.submit(f"{question}/settle", {"seen": "999"}).status_code == 404
    assert teacher.submit(f"{question}/settle", {"seen": last(teacher, question)}).status_code == 303
    assert "No question waits for you." in teacher.get("/studio/questions").text


def test_nobody_else_sees_it(teacher: Browser, question: str, sign_in: Callable[[str], Browser]) -> None:
    other = sign_in(OTHER)
    other.get(question, expect=404)
    assert other.submit(question, {"text": "Mine now."}).status_code == 404
    assert other.submit(f"{question}/share", {"on": "y"}).status_code == 404
    assert "Rita" not in other.get("/studio/questions").text
    assert "Why" not in other.get(f"/questions/ask?source={ARTICLE}").text
    assert "Rita Reader" in sign_in(OPERATOR).get(question).text, "operators stand in for teachers"


def test_an_answered_question_is_shown_to_readers_without_its_asker(
    reader: Browser, teacher: Browser, question: str, sign_in: Callable[[str], Browser]
) -> None:
    assert teacher.submit(f"{question}/share", {"on": "y"}).status_code == 409, "nothing was answered yet"
    say(teacher, question, "Because it bleeds.")
    say(reader, question, "My patient bled for an hour.")
    assert reader.submit(f"{question}/share", {"on": "y"}).status_code == 404, "that is for whoever was asked"
    assert teacher.submit(f"{question}/share", {"on": "y"}).status_code == 303
    shown = sign_in(OTHER).get(f"/questions/ask?source={ARTICLE}").text
    assert "Because it bleeds." in shown
    assert "Why &lt;b&gt;two&lt;/b&gt;?" in shown
    assert "Rita" not in shown
    assert "bled for an hour" not in shown, "what the asker wrote on is between the two"
    teacher.submit(f"{question}/share", {})
    assert "Because it bleeds." not in sign_in(OTHER).get(f"/questions/ask?source={ARTICLE}").text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"text": " "}, "Write your question."),
        ({"text": "\u200b"}, "Write your question."),
        ({"text": "\u00ad"}, "Write your question."),
        ({"text": "x" * 4001}, "Use at most 4000 characters."),
        ({"start": "900", "end": "950"}, "This passage is not in the text."),
        ({"start": "-1"}, None),
        ({"source": "/courses/needle-safety"}, None),
        ({"source": "http://["}, None),
        ({"source": "/articles/no-such-article"}, CLOSED),
        ({"source": f"{ARTICLE}/revisions/9"}, CLOSED),
        ({"source": LESSON, "start": "", "end": ""}, CLOSED),
    ],
)
def test_what_is_not_right_is_said_and_nothing_is_sent(
    app: Flask, reader: Browser, change: dict[str, str], says: str | None
) -> None:
    answer = reader.submit("/questions", ASKED | change)
    assert answer.status_code == (422 if says else 404)
    assert says is None or says in answer.text
    if says and len(change.get("text", "Why")) < 5:
        assert change.get("text", "Why &lt;b&gt;two&lt;/b&gt;?") in answer.text, "what was typed is not lost"
    with app.app_context():
        assert db.session.scalars(select(Question)).all() == []


def test_sent_twice_it_is_asked_once(app: Flask, reader: Browser, question: str) -> None:
    assert reader.submit("/questions", ASKED).headers["Location"] == question
    with app.app_context():
        assert len(db.session.scalars(select(Question)).all()) == 1


def test_two_moments_of_a_film_are_two_questions(reader: Browser) -> None:
    asked = {"source": ARTICLE, "text": "What is this?"}
    places = {reader.submit("/questions", asked | {"media_ms": moment}).location for moment in ("5000", "60000")}
    assert len(places) == 2


def test_what_was_not_read_is_not_answered_over(reader: Browser, teacher: Browser, question: str) -> None:
    say(teacher, question, "Because it bleeds.")
    seen = last(teacher, question)
    say(reader, question, "But it still bleeds!")
    answer = teacher.submit(question, {"text": "You are welcome.", "seen": seen})
    assert answer.status_code == 422
    assert "But it still bleeds!" in answer.text
    assert "You are welcome." in answer.text, "what was typed is not lost"
    assert teacher.submit(f"{question}/settle", {"seen": seen}).location == question
    assert "1 question waits for you." in teacher.get("/studio/questions").text


def test_an_asker_who_writes_on_and_on_is_told_once_and_then_asked_to_wait(
    app: Flask, reader: Browser, teacher: Browser, question: str, work: Callable[[], list[str]]
) -> None:
    for number in range(service.MOST_IN_A_ROW):
        say(reader, question, f"And {number}?")
    answer = reader.submit(question, {"text": "And once more?", "seen": last(reader, question)})
    assert answer.status_code == 422
    assert "Wait for an answer." in answer.text
    work()
    assert told(app, courses.TEACHER) == [("question_asked", question)]
    say(teacher, question, "One after the other.")
    say(reader, question, "And once more?")


def test_later_answers_stay_between_the_two_until_they_are_shown(
    reader: Browser, teacher: Browser, question: str, sign_in: Callable[[str], Browser]
) -> None:
    say(teacher, question, "Because it bleeds.")
    teacher.submit(f"{question}/share", {"on": "y"})
    say(reader, question, "My patient Mrs. Lee bled.")
    say(teacher, question, "Dear Rita, for Mrs. Lee press longer.")
    other = sign_in(OTHER)
    assert "Mrs. Lee" not in other.get(f"/questions/ask?source={ARTICLE}").text
    assert "Every reader of this text sees the question" in reader.get(question).text
    teacher.submit(f"{question}/share", {"on": "y"})
    assert "for Mrs. Lee press longer" in other.get(f"/questions/ask?source={ARTICLE}").text


@pytest.mark.parametrize("change", [{"role": Role.STUDENT}, {"suspended_at": now()}])
def test_whoever_teaches_no_more_is_not_asked_and_not_told(
    app: Flask, reader: Browser, question: str, work: Callable[[], list[str]], change: dict[str, Any]
) -> None:
    with app.app_context():
        person = db.session.scalars(select(Person).where(Person.email == courses.TEACHER)).one()
        for name, value in change.items():
            setattr(person, name, value)
        db.session.commit()
    answer = reader.submit(question, {"text": "Are you there?", "seen": "0"})
    assert answer.status_code == (422 if "suspended_at" in change else 303), "of the suspended, the texts are closed"
    work()
    assert told(app, courses.TEACHER) == []
    answer = reader.submit("/questions", ASKED | {"text": "Is anybody there?"})
    assert answer.status_code == 422
    assert "Is anybody there?" in answer.text


def test_nobody_fills_a_teachers_inbox(reader: Browser) -> None:
    for number in range(service.MOST_WAITING):
        assert reader.submit("/questions", ASKED | {"text": f"And {number}?"}).status_code == 303
    answer = reader.submit("/questions", ASKED | {"text": "And one more?"})
    assert answer.status_code == 422
    assert "20 questions of yours wait for an answer." in answer.text
    assert "And one more?" in answer.text, "what was typed is not lost"


def test_ones_own_text_is_not_asked_about(teacher: Browser) -> None:
    assert "Questions to me" in teacher.get(f"/questions/ask?source={ARTICLE}").text
    assert teacher.submit("/questions", ASKED).status_code == 422


def test_a_lesson_is_asked_about_while_it_is_open(app: Flask, reader: Browser) -> None:
    reader.submit("/courses/needle-safety/enroll")
    asked = reader.submit("/questions", {"source": LESSON, "text": "Which gauge?"}).headers["Location"]
    assert "Needle Safety" in reader.get("/questions").text
    with app.app_context():
        db.session.scalars(select(Enrollment)).one().ended_at = now()
        db.session.scalars(select(Enrollment)).one().end_reason = EndReason.REMOVED
        db.session.commit()
    reader.get(asked)
    answer = reader.submit(asked, {"text": "And which length?", "seen": "0"})
    assert answer.status_code == 422
    assert "closed to you by now" in answer.text
    assert "And which length?" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Reply)).all() == []


def test_the_way_to_ask_stands_beside_the_text(reader: Browser) -> None:
    found = re.search(r'href="(/questions/ask\?[^"]+)" data-ask', reader.get(ARTICLE).text)
    assert found is not None
    assert "Ask the teacher" in reader.get(unescape(found[1])).text
