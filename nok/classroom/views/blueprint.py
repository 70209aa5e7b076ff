"""The classroom's blueprint, and how its views load what the viewer may see."""

from flask import Blueprint

from nok.core.errors import NotFound
from nok.courses.models import Lesson
from nok.enrollments import queries as enrollments
from nok.learning import queries as learning
from nok.learning.queries import Standing
from nok.web.access import viewer

blueprint = Blueprint("classroom", __name__)


def standing_of_viewer(course_slug: str) -> Standing:
    """Return the viewer's standing in the course; raise NotFound when it is not open to them."""
    return learning.standing(enrollments.open_enrollment(viewer().id, course_slug))


def lesson_of_viewer(course_slug: str, lesson_slug: str) -> tuple[Standing, Lesson]:
    """Return the viewer's standing in the course and the lesson of their revision; raise NotFound."""
    standing = standing_of_viewer(course_slug)
    found = standing.by_slug(lesson_slug)
    if found is None:
        raise NotFound
    return standing, found
