"""Evaluations."""

from sqlalchemy import select

from nok.assessments.models import Evaluation
from nok.core.db import db


def evaluation(enrollment_id: int, lesson_id: int) -> Evaluation | None:
    """Return what a learner said of the course, or None."""
    return db.session.scalar(
        select(Evaluation).where(Evaluation.enrollment_id == enrollment_id, Evaluation.lesson_id == lesson_id)
    )
