"""Learners who do not give up: each step is repeated until its answer arrives."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from nok.assessments.models import Choice, Question
from nok.core.db import db
from nok.settings import Settings
from tests.factories import people
from tests.faults.product import inside
from tests.faults.visitor import LOST, Answer, Visitor

PATIENCE_SECONDS = 120


def add_people(settings: Settings, count: int) -> list[str]:
    emails = [f"learner-{number}@test.example" for number in range(count)]
    with inside(settings):
        for email in emails:
            people.person(email)
    return emails


def right_answers(settings: Settings) -> dict[str, list[str]]:
    """The form fields that answer every question right."""
    with inside(settings):
        rows = db.session.execute(select(Choice.question_id, Choice.id).join(Question).where(Choice.right)).all()
    fields: dict[str, list[str]] = {}
    for question, choice in rows:
        fields.setdefault(f"q{question}", []).append(str(choice))
    return fields


def insist(step: Callable[[], Answer], good: Callable[[Answer], bool]) -> Answer:
    """Repeat a step while no answer arrives, or one of a server that is busy starting."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            answer = step()
        except LOST:
            answer = Answer(0, b"no answer", {})
        if good(answer):
            return answer
        assert answer.status in {0, 500, 502, 503}, f"{answer.status}: {answer.text[:2000]}"
        assert time.monotonic() < deadline, f"{answer.status}: {answer.text[:2000]}"
        time.sleep(0.3)


def redirected(answer: Answer) -> bool:
    return answer.status == 303


@dataclass
class Learner:
    """One person who takes the whole course."""

    address: str
    email: str
    slug: str
    answers: dict[str, list[str]]
    pause: float = 0.3

    def complete(self) -> None:
        """From signing in to the passed test."""
        visitor = Visitor(self.address)
        insist(lambda: visitor.try_to_sign_in(self.email), redirected)
        base = f"/learn/{self.slug}"
        insist(lambda: visitor.post(f"/courses/{self.slug}/enroll"), redirected)
        for lesson in ("reading-1", "reading-2"):
            time.sleep(self.pause)
            insist(lambda lesson=lesson: visitor.post(f"{base}/{lesson}/complete"), redirected)  # type: ignore[misc]
        time.sleep(self.pause)
        begun = insist(lambda: visitor.post(f"{base}/final-test/attempts"), redirected)
        number = re.search(r"/attempts/(\d+)$", begun.location)
        assert number, begun.location
        insist(lambda: visitor.post(f"{base}/final-test/attempts/{number[1]}", self.answers), redirected)
