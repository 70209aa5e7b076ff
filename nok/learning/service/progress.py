"""The folded progress of a lesson."""

from nok.core.db import add_once
from nok.learning import queries
from nok.learning.models import LessonProgress


def open_progress(enrollment_id: int, lesson_id: int) -> LessonProgress:
    """Return the progress, locked until the commit, beginning it when there is none."""
    found = queries.progress(enrollment_id, lesson_id)
    if found is not None:
        return found
    new = LessonProgress(enrollment_id=enrollment_id, lesson_id=lesson_id, covered=[], position_ms=0)
    if add_once(new):
        return new
    return open_progress(enrollment_id, lesson_id)  # a request in the same moment has made it
