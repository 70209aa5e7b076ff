"""What learners say of a course, together and without names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from sqlalchemy import select

from nok.assessments import rules
from nok.assessments.queries import evaluations as assessments
from nok.core.db import db
from nok.core.pagination import Page
from nok.courses.models import CourseRevision


@dataclass(frozen=True)
class TopicRow:
    """What was rated: how many answered, their mean ('' when nobody did), and how many gave 1, 2 … 5."""

    topic: str
    answers: int
    mean: str
    counts: Sequence[int]


@dataclass(frozen=True)
class EvaluationsPage:
    """The evaluations of a course. `sent` is how many there are, of every edition."""

    sent: int
    ratings: Sequence[int]
    topics: list[TopicRow]
    comments: Page[str]


def evaluations_page(revision: CourseRevision, page: int) -> EvaluationsPage:
    """Return the evaluations of a course by the topics of its current revision; four statements.

    Every edition counts: an objective by its words, wherever they stood.
    """
    editions = _objectives(revision.course_id)
    most = max(len(objectives) for objectives in editions.values())
    counts = assessments.rating_counts(revision.course_id, rules.topics(most))
    rows = [_row(str(words), _met(str(words), editions, counts)) for words in revision.objectives]
    rows += [_row(words, [given[key] for given in counts.values()]) for key, words in rules.general_questions().items()]
    sent = max(row.answers for row in rows)
    return EvaluationsPage(sent, assessments.RATINGS, rows, assessments.comments(revision.course_id, page))


def _objectives(course_id: int) -> dict[int, list[Any]]:
    """Return the objectives of every edition of a course, by revision."""
    rows = db.session.execute(
        select(CourseRevision.id, CourseRevision.objectives).where(CourseRevision.course_id == course_id)
    )
    return dict(rows.all())


def _met(
    words: str, editions: Mapping[int, list[Any]], counts: Mapping[int, Mapping[str, Sequence[int]]]
) -> list[Sequence[int]]:
    """Return what was answered to an objective, from each edition that had it in these words."""
    return [
        given[f"objective-{number}"]
        for revision_id, given in counts.items()
        for number, objective in enumerate(editions[revision_id], 1)
        if str(objective) == words
    ]


def _row(topic: str, given: Sequence[Sequence[int]]) -> TopicRow:
    counts = [sum(each) for each in zip(*given, strict=True)] or [0] * len(assessments.RATINGS)
    answers = sum(counts)
    total = sum(rating * count for rating, count in zip(assessments.RATINGS, counts, strict=True))
    return TopicRow(topic, answers, format_decimal(total / answers, "0.0") if answers else "", counts)
