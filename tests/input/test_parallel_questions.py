"""Questions and replies sent many times at once are kept once, and nobody gets past the limit."""

import pytest
from flask import Flask

from nok.discussions import service
from nok.discussions.models import Question, Reply
from tests.factories.crowd import at_once, count, posting, told
from tests.pages import Browser


@pytest.fixture
def reading(learner: Browser, course: str) -> str:
    """The address of a lesson that the learner may read."""
    learner.submit(f"/courses/{course}/enroll")
    return f"/learn/{course}/reading-1"


def test_a_question_sent_ten_times_at_once_is_asked_once(real: Flask, learner: Browser, reading: str) -> None:
    asked = posting(learner, "/questions", {"source": reading, "text": "Which gauge?"})
    assert set(at_once(real, learner, 10, asked)) == {303}
    assert (count(real, Question), told(real, "QuestionAsked")) == (1, 1)


def test_the_limit_holds_for_what_is_sent_at_once(real: Flask, learner: Browser, reading: str) -> None:
    turn = iter(range(100))

    def ask(tab: Browser) -> int:
        return posting(learner, "/questions", {"source": reading, "text": f"Question {next(turn)}?"})(tab)

    for _ in range(service.MOST_WAITING - 1):
        assert ask(learner) == 303
    assert sorted(at_once(real, learner, 4, ask)) == [303, 422, 422, 422]
    assert count(real, Question) == service.MOST_WAITING


def test_a_reply_sent_ten_times_at_once_is_kept_once(real: Flask, learner: Browser, reading: str) -> None:
    place = learner.submit("/questions", {"source": reading, "text": "Which gauge?"}).headers["Location"]
    said = posting(learner, place, {"text": "And how deep?", "seen": "0"})
    assert set(at_once(real, learner, 10, said)) == {303}
    assert count(real, Reply) == 1
