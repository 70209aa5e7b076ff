"""The verbs of tests: start, save answers, submit."""

import random
from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask_babel import lazy_gettext as _

from nok.assessments import queries, rules
from nok.assessments.models import Attempt
from nok.assessments.queries import Asked
from nok.core import audit
from nok.core.clock import now
from nok.core.db import add_once
from nok.core.errors import Conflict, Invalid
from nok.courses.models import Lesson
from nok.enrollments.models import Enrollment

GRACE = timedelta(seconds=5)  # an answer sent in the last second may still be on the way

Answers = Mapping[int, Sequence[int]]


def start(enrollment: Enrollment, lesson: Lesson) -> Attempt:
    """Begin an attempt, or return the one that is still open; raise Conflict when none is left, or none is needed."""
    known = queries.attempts(enrollment.id, lesson.id)
    if known and known[-1].submitted_at is None:
        return known[-1]
    if any(attempt.passed for attempt in known):  # its answers have been shown since: a second score would mean nothing
        raise Conflict(_("You have passed this test already."))
    revision = enrollment.revision
    if rules.attempts_left(revision.attempts, enrollment.extra_attempts, len(known)) == 0:
        raise Conflict(_("You have used all attempts at this test. Ask your teacher for another one."))
    limit = revision.time_limit_minutes
    drawn = _drawn(lesson)
    attempt = Attempt(
        enrollment_id=enrollment.id,
        lesson_id=lesson.id,
        number=len(known) + 1,
        drawn=drawn,
        question_count=len(drawn) or lesson.question_count,
        deadline_at=now() + timedelta(minutes=limit) if limit else None,
        answers={},
    )
    if not add_once(attempt):  # a double click: the other request has begun it
        return queries.attempt(enrollment.id, lesson.id, attempt.number)
    audit.record("attempt.started", f"attempt:{attempt.id}", actor_id=enrollment.person_id)
    return attempt


def save(attempt: Attempt, answers: Answers, asked: Sequence[Asked]) -> None:
    """Keep what is chosen so far; raise Invalid for what this attempt does not ask, Conflict after the end."""
    if attempt.submitted_at is not None:
        raise Conflict(_("This attempt has been handed in. Its answers cannot be changed."))
    if is_late(attempt):
        raise Conflict(_("The time is up. The answers saved before count."))
    attempt.answers = {str(question): list(chosen) for question, chosen in _checked(answers, asked).items()}


def submit(attempt: Attempt, answers: Answers, asked: Sequence[Asked], enrollment: Enrollment) -> Attempt:
    """Hand in, once: a second time the attempt is returned as it stands."""
    if attempt.submitted_at is not None:
        return attempt
    if not is_late(attempt):
        save(attempt, answers, asked)
    key = {item.question.id: [choice.id for choice in item.choices if choice.right] for item in asked}
    chosen = {int(question): choices for question, choices in attempt.answers.items()}
    result = rules.score(key, chosen, enrollment.revision.pass_mark)
    attempt.submitted_at = now()
    attempt.right_count, attempt.score_percent, attempt.passed = result.right, result.percent, result.passed
    audit.record("attempt.submitted", f"attempt:{attempt.id}", actor_id=enrollment.person_id, percent=result.percent)
    return attempt


def is_late(attempt: Attempt) -> bool:
    """Whether the deadline has passed, by the server's clock."""
    return attempt.deadline_at is not None and now() > attempt.deadline_at + GRACE


def _drawn(lesson: Lesson) -> list[list[object]]:
    """Draw what a new attempt asks; [] where all is asked as it was written."""
    if not lesson.draw_count and not lesson.shuffle:
        return []
    offered = [(question.id, [choice.id for choice in question.choices]) for question in queries.questions(lesson.id)]
    drawn = rules.draw(offered, lesson.draw_count, shuffle=lesson.shuffle, chance=random.SystemRandom())
    return [[question, choices] for question, choices in drawn]


def _checked(answers: Answers, asked: Sequence[Asked]) -> dict[int, list[int]]:
    offered = {item.question.id: {choice.id for choice in item.choices} for item in asked}
    for question, chosen in answers.items():
        if question not in offered or not offered[question].issuperset(chosen):
            raise Invalid(_("An answer does not belong to this test. Reload the page and choose again."))
    return {question: sorted(set(chosen)) for question, chosen in answers.items()}
