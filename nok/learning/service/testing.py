"""Take a test, once everything before it is done."""

from flask_babel import lazy_gettext as _

from nok.assessments import queries as assessments
from nok.assessments import service as tests
from nok.assessments.models import Attempt
from nok.core.errors import Conflict, Invalid
from nok.courses.models import Lesson, LessonKind
from nok.enrollments.models import Enrollment
from nok.learning import queries, rules
from nok.learning.service.settling import settle


def start_test(enrollment: Enrollment, lesson: Lesson) -> Attempt:
    """Begin an attempt once everything before the test is done; raise Conflict before."""
    if lesson.kind is not LessonKind.TEST:
        raise Invalid(_("This lesson is not a test."))
    gate = queries.standing(enrollment).gate(rules.GateKind.TEST)
    if gate is not None and gate.state is rules.GateState.BLOCKED:
        if gate.blocked_by is rules.GateKind.WATCH:
            raise Conflict(_("The test opens when every lesson before it is done."))
        raise Conflict(_("The test opens when your worksheets are handed in and accepted."))
    return tests.start(enrollment, lesson)


def save_answers(enrollment: Enrollment, lesson: Lesson, number: int, answers: tests.Answers) -> Attempt:
    """Keep what is chosen so far in an attempt."""
    attempt = assessments.attempt(enrollment.id, lesson.id, number, lock=True)
    tests.save(attempt, answers, assessments.asked(attempt))
    return attempt


def submit_test(enrollment: Enrollment, lesson: Lesson, number: int, answers: tests.Answers) -> Attempt:
    """Hand in an attempt and see whether the course is completed by it."""
    attempt = assessments.attempt(enrollment.id, lesson.id, number, lock=True)
    if attempt.submitted_at is None:
        tests.submit(attempt, answers, assessments.asked(attempt), enrollment)
        settle(enrollment)
    return attempt
