"""Who may have which media bytes: asked on each request, a yes remembered for five seconds at most."""

from nok.core.cache import BriefCache
from nok.core.errors import NotFound
from nok.courses import queries as courses
from nok.enrollments import queries as enrollments

REMEMBER_SECONDS = 5.0
_folders: BriefCache[str] = BriefCache(REMEMBER_SECONDS)


def video_folder(person_id: int, course_slug: str, lesson_slug: str) -> str:
    """Return the storage folder of the lesson's video, for a person whose enrollment opens it; raise NotFound."""
    return _folders.get((person_id, course_slug, lesson_slug), lambda: _folder(person_id, course_slug, lesson_slug))


def _folder(person_id: int, course_slug: str, lesson_slug: str) -> str:
    """Look it up; a no is raised, and so never remembered."""
    enrollment = enrollments.open_enrollment(person_id, course_slug)
    lesson = next((item for item in courses.lessons(enrollment.revision_id) if item.slug == lesson_slug), None)
    if lesson is None or lesson.video is None:
        raise NotFound
    return lesson.video.folder
