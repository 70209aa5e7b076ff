"""The classroom's blueprint, and how its views load what the viewer may see."""

from flask import Blueprint

from nok.classroom.queries.previews import ended_sentence
from nok.core.clock import now
from nok.core.errors import Forbidden, NotFound
from nok.courses.models import Lesson
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment
from nok.enrollments.rules import is_open
from nok.learning import queries as learning
from nok.learning.queries import Standing
from nok.web.access import viewer, viewer_or_none

blueprint = Blueprint("classroom", __name__)


def standing_of_viewer(course_slug: str) -> Standing:
    """Return the viewer's standing in the course; raise Forbidden after its end, NotFound when it is not theirs."""
    enrollment = enrollments.of_course(viewer().id, course_slug)
    if enrollment is None:
        raise NotFound
    if not opens(enrollment):
        raise Forbidden(ended_sentence(enrollment))
    return learning.standing(enrollment)


def lesson_of_viewer(course_slug: str, lesson_slug: str) -> tuple[Standing, Lesson]:
    """Return the viewer's standing in the course and the lesson of their revision; raise NotFound."""
    standing = standing_of_viewer(course_slug)
    found = standing.by_slug(lesson_slug)
    if found is None:
        raise NotFound
    return standing, found


def enrollment_of_viewer(course_slug: str) -> Enrollment | None:
    """Return the viewer's enrollment in the course, open or not, or None, as for guests."""
    person = viewer_or_none()
    return enrollments.of_course(person.id, course_slug) if person else None


def opens(enrollment: Enrollment | None) -> bool:
    """Whether the lessons are open at this moment."""
    return enrollment is not None and is_open(enrollment.ended_at, enrollment.access_until, now())
