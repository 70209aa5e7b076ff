"""The verbs of enrollment."""

from nok.accounts.models import Person
from nok.core import audit, outbox
from nok.core.db import add_once
from nok.courses import queries as courses
from nok.enrollments import queries
from nok.enrollments.messages import EnrollmentStarted
from nok.enrollments.models import Enrollment


def enroll(person: Person, course_slug: str) -> Enrollment:
    """Enroll `person` in the published revision; a second time, by another tab or a double click, changes nothing."""
    revision = courses.published(course_slug)
    known = queries.find(person.id, revision.course_id)
    if known is not None:
        return known
    enrollment = Enrollment(person_id=person.id, course=revision.course, revision=revision)
    if not add_once(enrollment):  # the other tab was faster
        return queries.enrollment_of(person.id, revision.course_id)
    audit.record("enrollment.started", f"enrollment:{enrollment.id}", actor_id=person.id, revision=revision.number)
    outbox.publish(EnrollmentStarted(enrollment.id))
    return enrollment
