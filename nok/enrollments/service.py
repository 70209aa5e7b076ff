"""The verbs of enrollment."""

from sqlalchemy.exc import IntegrityError

from nok.accounts.models import Person
from nok.core import audit, outbox
from nok.core.db import db
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
    try:
        with db.session.begin_nested():
            db.session.add(enrollment)
    except IntegrityError:  # the other tab was faster
        found = queries.find(person.id, revision.course_id)
        if found is None:
            raise
        return found
    audit.record("enrollment.started", f"enrollment:{enrollment.id}", actor_id=person.id, revision=revision.number)
    outbox.publish(EnrollmentStarted(enrollment.id))
    return enrollment
