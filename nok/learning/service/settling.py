"""See whether a course is completed."""

from nok.core import audit, outbox
from nok.core.db import db
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment
from nok.learning import queries, rules
from nok.learning.messages import CourseCompleted
from nok.learning.models import Completion


def settle(enrollment: Enrollment) -> None:
    """Record the completion, and tell of it, if all gates are done for the first time."""
    db.session.flush()
    # Two tabs may do the last two lessons at once: without the lock each would see the other's as missing.
    enrollments.lock(enrollment.id)
    if not rules.all_done(queries.standing(enrollment).gates) or queries.completion(enrollment.id):
        return
    db.session.add(Completion(enrollment_id=enrollment.id))
    audit.record("course.completed", f"enrollment:{enrollment.id}", actor_id=enrollment.person_id)
    outbox.publish(CourseCompleted(enrollment.id))
