"""The folded progress of a lesson."""

from nok.core.db import add_once
from nok.courses.models import Lesson
from nok.enrollments.models import Enrollment
from nok.learning import queries
from nok.learning.models import LessonProgress


def open_progress(enrollment: Enrollment, lesson: Lesson) -> LessonProgress:
    """Return the progress, locked until the commit, beginning it when there is none."""
    found = queries.progress(enrollment.id, lesson.id)
    if found is not None:
        return found
    new = LessonProgress(enrollment_id=enrollment.id, lesson_id=lesson.id, covered=[], position_ms=0)
    if add_once(new):
        return new
    return open_progress(enrollment, lesson)  # a request in the same moment has made it
