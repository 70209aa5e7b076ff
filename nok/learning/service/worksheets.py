"""Write a worksheet, hand it in, review it."""

from flask_babel import lazy_gettext as _

from nok.accounts.models import Person
from nok.assessments import service as papers
from nok.assessments.models import Worksheet, WorksheetReview
from nok.core import outbox
from nok.core.errors import Conflict, Forbidden, Invalid
from nok.courses.models import Lesson, LessonKind
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment
from nok.learning.messages import WorksheetReviewed, WorksheetSubmitted
from nok.learning.service.settling import settle


def save_worksheet(enrollment: Enrollment, lesson: Lesson, answers: papers.Texts, seen: int) -> Worksheet:
    """Keep what is typed so far; raise Conflict and Invalid as `nok.assessments.service.keep` does."""
    _must_be_worksheet(lesson)
    return papers.keep(enrollment, lesson, answers, seen)


def submit_worksheet(enrollment: Enrollment, lesson: Lesson, answers: papers.Texts, seen: int) -> Worksheet:
    """Hand in, once, and tell the reviewer; raise Invalid with the text saved when an answer is too short."""
    _must_be_worksheet(lesson)
    worksheet, new = papers.hand_in(enrollment, lesson, answers, seen)
    if new:
        outbox.publish(WorksheetSubmitted(worksheet.id))
    return worksheet


def review_worksheet(
    worksheet: Worksheet,
    reviewer: Person,
    accepted: bool,  # noqa: FBT001  one of the names that the house agreed on
    comment: str,
    *,
    seen: int | None = None,
) -> WorksheetReview:
    """Accept or return a worksheet that the reviewer may see (locked), tell the learner, and see what is completed.

    `seen` is the number of savings in what the reviewer read: raise Conflict when it was another text. Raise Forbidden
    for one's own worksheet, Invalid for a return without a comment.
    """
    enrollment = enrollments.enrollment(worksheet.enrollment_id)
    if enrollment.person_id == reviewer.id:
        raise Forbidden(_("This is your own worksheet: somebody else has to review it."))
    if seen is not None and seen != worksheet.saves:
        raise Conflict(_("The learner has handed in another text meanwhile. Reload the page and read it again."))
    review = papers.judge(worksheet, reviewer.id, accepted=accepted, comment=comment)
    outbox.publish(WorksheetReviewed(review.id))
    if accepted:
        settle(enrollment)
    return review


def _must_be_worksheet(lesson: Lesson) -> None:
    if lesson.kind is not LessonKind.WORKSHEET:
        raise Invalid(_("This lesson is not a worksheet."))
