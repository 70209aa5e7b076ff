"""Lessons that are done when the learner says so."""

from flask_babel import lazy_gettext as _

from nok.core.clock import now
from nok.core.errors import Invalid
from nok.courses.models import Lesson, LessonKind
from nok.enrollments.models import Enrollment
from nok.learning.service.progress import open_progress
from nok.learning.service.settling import settle


def mark_read(enrollment: Enrollment, lesson: Lesson) -> None:
    """Complete a text or file lesson; a second time changes nothing."""
    if lesson.kind not in {LessonKind.TEXT, LessonKind.FILE}:
        raise Invalid(_("Only lessons to read are completed by a button."))
    progress = open_progress(enrollment.id, lesson.id)
    if progress.completed_at is None:
        progress.completed_at = now()
        settle(enrollment)
