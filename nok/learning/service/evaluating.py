"""Say one's word on the course, once everything before it is done."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from nok.assessments import service as papers
from nok.assessments.models import Evaluation
from nok.core.errors import Conflict, Invalid
from nok.courses.models import Lesson, LessonKind
from nok.enrollments.models import Enrollment
from nok.learning import queries, rules
from nok.learning.service.settling import settle


def submit_evaluation(enrollment: Enrollment, lesson: Lesson, ratings: Mapping[str, int], comment: str) -> Evaluation:
    """Take the evaluation, once, and see whether the course is completed by it.

    Raise Conflict before its gate is open, Invalid with `missing` topics when one is not rated from 1 to 5.
    """
    if lesson.kind is not LessonKind.EVALUATION:
        raise Invalid(_("This lesson is not an evaluation."))
    gate = queries.standing(enrollment).gate(rules.GateKind.EVALUATION)
    if gate is not None and gate.state is rules.GateState.BLOCKED:
        raise Conflict(_("The evaluation opens when everything before it is done."))
    evaluation, new = papers.evaluate(enrollment, lesson, ratings, comment)
    if new:
        settle(enrollment)
    return evaluation
