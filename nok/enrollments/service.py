"""The verbs of enrollment."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from nok.accounts.models import Person
from nok.core import audit, outbox
from nok.core.clock import now
from nok.core.db import add_once, db
from nok.core.errors import Conflict, Forbidden, Invalid
from nok.courses import queries as courses
from nok.courses.models import CourseRevision
from nok.enrollments import queries, rules
from nok.enrollments.messages import AccessEnding, AttemptAllowed, EnrollmentEnded, EnrollmentStarted
from nok.enrollments.models import EndReason, Enrollment

BATCH = 200
MOST_EXTRA = 20
_DECIDES = ["ended_at", "end_reason", "access_until", "ending_told_at", "extra_attempts"]


def enroll(person: Person, course_slug: str, *, by: Person | None = None) -> Enrollment:
    """Enroll `person` in the published revision; a second time, by another tab or a double click, changes nothing.

    `by` is the teacher or operator who enrolls someone; without it people enroll themselves. Someone who left comes
    back to where they stopped, in the revision they began with. Raise Forbidden for those who may not enroll by
    themselves: in a course that costs something, after being removed, or after the window of access has closed.
    """
    # While the teacher is suspended nobody comes by themselves; the provider goes on looking after the course.
    revision = courses.published(course_slug) if by is None else courses.current(course_slug)
    known = queries.find(person.id, revision.course_id)
    if known is not None:
        return _come_back(known, revision, person, by)
    if by is None and revision.course.price_cents:
        raise Forbidden(
            _("The course has a price, and payment opens later. Until then the teacher or the provider can enroll you.")
        )
    moment = now()
    enrollment = Enrollment(
        person_id=person.id,
        course=revision.course,
        revision=revision,
        started_at=moment,
        access_until=rules.window_end(moment, revision.access_days),
        enrolled_by_id=by.id if by else None,
    )
    if not add_once(enrollment):  # the other tab was faster
        return queries.enrollment_of(person.id, revision.course_id)
    _begun("enrollment.started", enrollment, (by or person).id, revision=revision.number)
    return enrollment


def leave(enrollment: Enrollment) -> None:
    """Let a person leave their course; what they did stays. A second time changes nothing."""
    _end(enrollment, EndReason.LEFT, enrollment.person_id)


def remove(enrollment: Enrollment, actor: Person) -> None:
    """Take a person out of a course, for its teacher or an operator; what they did stays."""
    _end(enrollment, EndReason.REMOVED, actor.id)


def extend(enrollment: Enrollment, until: datetime | None, actor: Person) -> None:
    """Let the window of access close at `until`, or never. Raise Invalid for a moment that has passed."""
    if until is not None and until <= now():
        raise Invalid(_("Choose a day in the future. To end the access now, remove the person from the course."))
    db.session.refresh(enrollment, _DECIDES, with_for_update=True)
    enrollment.access_until, enrollment.ending_told_at = until, None
    until_when = until.isoformat() if until else None
    audit.record("enrollment.extended", f"enrollment:{enrollment.id}", actor_id=actor.id, until=until_when)


def allow_another_attempt(enrollment: Enrollment, by: Person) -> None:
    """Allow one more attempt at each test. Raise Conflict when the lessons are closed, Invalid after MOST_EXTRA."""
    db.session.refresh(enrollment, _DECIDES, with_for_update=True)
    if not rules.is_open(enrollment.ended_at, enrollment.access_until, now()):
        raise Conflict(_("The course is closed to this person. Enroll them again or extend their access first."))
    if enrollment.extra_attempts >= MOST_EXTRA:
        raise Invalid(_("This person has been allowed %(most)s more tries already: no more can be.", most=MOST_EXTRA))
    enrollment.extra_attempts += 1
    count = enrollment.extra_attempts
    audit.record("enrollment.attempt_allowed", f"enrollment:{enrollment.id}", actor_id=by.id, count=count)
    outbox.publish(AttemptAllowed(enrollment.id, count))


def tell_endings() -> int:
    """Tell those whose window closes within a week, once each; return how many. A batch at a time."""
    moment = now()
    found = queries.closing(moment + rules.TOLD_AHEAD, BATCH)
    for enrollment in found:
        enrollment.ending_told_at = moment
        outbox.publish(AccessEnding(enrollment.id))
    return len(found)


def _come_back(known: Enrollment, revision: CourseRevision, person: Person, by: Person | None) -> Enrollment:
    """Open an enrollment again that had ended; one that is open stays as it is."""
    if rules.is_open(known.ended_at, known.access_until, now()):
        return known
    db.session.refresh(known, _DECIDES, with_for_update=True)
    moment = now()
    if rules.is_open(known.ended_at, known.access_until, moment):  # the other tab was faster
        return known
    over = known.access_until is not None and known.access_until <= moment
    if by is None:
        _may_come_back(known, over=over)
    known.ended_at = known.end_reason = None
    if over:
        known.access_until, known.ending_told_at = rules.window_end(moment, revision.access_days), None
    _begun("enrollment.reopened", known, (by or person).id)
    return known


def _may_come_back(known: Enrollment, *, over: bool) -> None:
    if known.end_reason in {EndReason.REMOVED, EndReason.REFUNDED}:
        raise Forbidden(_("Your enrollment was ended for you. Ask the teacher or the provider to enroll you again."))
    if over:
        raise Forbidden(_("Your access to this course has ended. Ask the teacher or the provider to extend it."))


def _begun(action: str, enrollment: Enrollment, actor_id: int, **details: int) -> None:
    audit.record(action, f"enrollment:{enrollment.id}", actor_id=actor_id, person=enrollment.person_id, **details)
    outbox.publish(EnrollmentStarted(enrollment.id))


def _end(enrollment: Enrollment, reason: EndReason, actor_id: int) -> None:
    db.session.refresh(enrollment, _DECIDES, with_for_update=True)
    if enrollment.ended_at is not None:
        return
    enrollment.ended_at, enrollment.end_reason = now(), reason
    audit.record(
        f"enrollment.{reason.value}", f"enrollment:{enrollment.id}", actor_id=actor_id, person=enrollment.person_id
    )
    outbox.publish(EnrollmentEnded(enrollment.id))
