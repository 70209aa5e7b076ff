"""Evaluations: one learner's, and what all of a course's say together, without names."""

from collections.abc import Sequence

from sqlalchemy import func, select

from nok.assessments.models import Evaluation
from nok.assessments.rules import HIGHEST_RATING, LOWEST_RATING
from nok.core.db import Statement, db
from nok.core.pagination import Page
from nok.enrollments.models import Enrollment

PAGE_SIZE = 50
RATINGS = range(LOWEST_RATING, HIGHEST_RATING + 1)


def evaluation(enrollment_id: int, lesson_id: int) -> Evaluation | None:
    """Return what a learner said of the course, or None."""
    return db.session.scalar(
        select(Evaluation).where(Evaluation.enrollment_id == enrollment_id, Evaluation.lesson_id == lesson_id)
    )


def rating_counts(course_id: int, topics: Sequence[str]) -> dict[int, dict[str, list[int]]]:
    """Return how many gave 1, 2 … 5 to each topic, by revision; one statement, counted by the database."""
    # A number taken out of JSON reads the same on SQLite and PostgreSQL; so no evaluation need be loaded to be counted.
    given = [Evaluation.ratings[topic].as_integer() for topic in topics]
    counts = [func.count().filter(rating == value) for rating in given for value in RATINGS]
    rows = db.session.execute(
        select(Enrollment.revision_id, *counts)
        .select_from(Evaluation)
        .join(Enrollment, Enrollment.id == Evaluation.enrollment_id)
        .where(Enrollment.course_id == course_id)
        .group_by(Enrollment.revision_id)
    )
    return {
        revision_id: {topic: found[at * len(RATINGS) : (at + 1) * len(RATINGS)] for at, topic in enumerate(topics)}
        for revision_id, *found in rows
    }


def comments(course_id: int, page: int = 1) -> Page[str]:
    """Return a page of what was written to the ratings, the latest first; two statements."""
    total = db.session.scalar(_of_course(select(func.count(Evaluation.id)), course_id)) or 0
    number = max(1, min(page, -(-total // PAGE_SIZE)))
    rows = db.session.scalars(
        _of_course(select(Evaluation.comment), course_id)
        .order_by(Evaluation.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page(rows.all(), total, number, PAGE_SIZE)


def _of_course(statement: Statement, course_id: int) -> Statement:
    return (
        statement.select_from(Evaluation)
        .join(Enrollment, Enrollment.id == Evaluation.enrollment_id)
        .where(Enrollment.course_id == course_id, Evaluation.comment != "")
    )
