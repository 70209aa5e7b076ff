"""Who reads what is told, and whether what happened still stands when it is told.

A message may arrive late: by then the enrollment may have ended, the worksheet may have been reviewed, the certificate
revoked. Feed and mail ask here, so that both tell the same people of the same things.
"""

from flask_babel import lazy_gettext as _

from nok.accounts import queries as accounts
from nok.accounts.models import Person
from nok.accounts.policy import is_teacher
from nok.assessments import queries as assessments
from nok.assessments.models import WorksheetReview, WorksheetState
from nok.assessments.queries import HandIn
from nok.certificates import queries as certificates
from nok.certificates.models import Certificate
from nok.core.clock import now
from nok.core.errors import NotFound
from nok.discussions import queries as discussions
from nok.discussions.models import Question, Reply
from nok.discussions.policy import may_answer
from nok.enrollments import queries as enrollments
from nok.enrollments import rules as enrollment_rules
from nok.enrollments.models import Enrollment
from nok.notifications import queries


def reader(person_id: int) -> Person | None:
    """Return the person, or None: suspended and erased people get nothing."""
    try:
        person = accounts.person(person_id)
    except NotFound:
        return None
    return person if person.suspended_at is None else None


def open_enrollment(enrollment_id: int) -> Enrollment | None:
    """Return the enrollment if it opens the lessons still, course and revision loaded, or None."""
    enrollment = enrollments.enrollment(enrollment_id)
    is_open = enrollment_rules.is_open(enrollment.ended_at, enrollment.access_until, now())
    return enrollment if is_open else None


def ending_enrollment(enrollment_id: int) -> Enrollment | None:
    """Return the enrollment if it is open and its window is about to close still, or None."""
    enrollment = open_enrollment(enrollment_id)
    if enrollment is None or enrollment.access_until is None:
        return None
    return enrollment if enrollment.access_until <= now() + enrollment_rules.TOLD_AHEAD else None


def enrolled_by(enrollment: Enrollment) -> tuple[str, str]:
    """Return which beginning of the enrollment is the latest, as a key, and who enrolled the person.

    The name is empty when people enrolled themselves. Someone who comes back begins again, under another key.
    """
    line = queries.latest_beginning(enrollment.id)
    if line is None:
        return f"enrolled:{enrollment.id}", ""
    key = f"enrolled:{enrollment.id}" + (f":{line.id}" if line.action == queries.REOPENED else "")
    if line.actor_id is None or line.actor_id == enrollment.person_id:
        return key, ""
    by = reader(line.actor_id)
    return key, by.display_name if by else str(_("the provider"))


def waiting_hand_in(worksheet_id: int) -> HandIn | None:
    """Return a worksheet that waits for the teacher of its course still, or None.

    People cannot review their own worksheets, and those who teach no more review none.
    """
    found = assessments.hand_in(worksheet_id)
    if found.worksheet.state is not WorksheetState.SUBMITTED or found.teacher_id == found.learner_id:
        return None
    teacher = reader(found.teacher_id)
    return found if teacher is not None and is_teacher(teacher) else None


def reviewed(review_id: int) -> tuple[WorksheetReview, HandIn] | None:
    """Return a review with its worksheet, or None when the learner can do nothing about it any more.

    That is so when the lessons are closed to them, and when a worksheet that came back was handed in again.
    """
    review = assessments.review(review_id)
    found = assessments.hand_in(review.worksheet_id)
    stands = review.accepted or found.worksheet.state is WorksheetState.RETURNED
    return (review, found) if stands and open_enrollment(found.worksheet.enrollment_id) else None


def waiting_question(question_id: int) -> Question | None:
    """Return a question that waits for whoever was asked still, or None; those who teach no more answer none."""
    found = discussions.question(question_id)
    asked = reader(found.asked_id)
    return found if found.waiting_since is not None and asked and may_answer(asked, asked.id) else None


def replied(reply_id: int) -> tuple[Reply, Question, int] | None:
    """Return a reply, its question, and the id of the other of the two, who is told of it; None when nobody is.

    Whoever teaches no more reads no questions.
    """
    reply = discussions.reply(reply_id)
    found = discussions.question(reply.question_id)
    if reply.author_id != found.asker_id:
        return reply, found, found.asker_id
    asked = reader(found.asked_id)
    return (reply, found, asked.id) if asked is not None and may_answer(asked, asked.id) else None


def standing_certificate(certificate_id: int) -> Certificate | None:
    """Return the certificate unless it was revoked."""
    certificate = certificates.certificate(certificate_id)
    return certificate if certificate.revoked_at is None else None


def waiting_for_name(enrollment_id: int) -> Enrollment | None:
    """Return the enrollment if its certificate waits for the holder to confirm their name still, or None."""
    enrollment = enrollments.enrollment(enrollment_id)
    person = reader(enrollment.person_id)
    return enrollment if person is not None and person.license_name_confirmed_at is None else None
