"""The verb of evaluations: send one, once."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from nok.assessments import queries, rules
from nok.assessments.models import Evaluation
from nok.core import audit
from nok.core.db import add_once
from nok.core.errors import Invalid
from nok.courses.models import Lesson
from nok.enrollments.models import Enrollment


def evaluate(
    enrollment: Enrollment, lesson: Lesson, ratings: Mapping[str, int], comment: str
) -> tuple[Evaluation, bool]:
    """Take the ratings (1 to 5 by topic); return the evaluation and whether it was this call that sent it.

    Raise Invalid with `missing`, the topics without a rating. What was sent before stays as it is.
    """
    known = queries.evaluation(enrollment.id, lesson.id)
    if known is not None:
        return known, False
    wanted = rules.topics(len(enrollment.revision.objectives))
    missing = rules.unrated(wanted, ratings)
    if missing:
        raise Invalid(_("Rate each line: choose one answer in every row."), missing=missing)
    new = Evaluation(
        enrollment_id=enrollment.id,
        lesson_id=lesson.id,
        ratings={topic: ratings[topic] for topic in wanted},
        comment=comment,
    )
    if not add_once(new):  # a double click: the other request has sent it
        return evaluate(enrollment, lesson, ratings, comment)
    audit.record("evaluation.submitted", f"evaluation:{new.id}", actor_id=enrollment.person_id)
    return new, True
