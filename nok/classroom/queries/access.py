"""Who may have which media bytes: asked on each request, a yes remembered for five seconds at most."""

from nok.core.cache import BriefCache
from nok.core.errors import NotFound
from nok.courses import queries as courses
from nok.enrollments import queries as enrollments

REMEMBER_SECONDS = 5.0
_folders: BriefCache[str | None] = BriefCache(REMEMBER_SECONDS)


def video_folder(person_id: int, course_slug: str, lesson_slug: str) -> str:
    """Return the storage folder of the lesson's video, for a person whose enrollment opens it; raise NotFound."""
    folder = _folders.get((person_id, course_slug, lesson_slug), lambda: _folder(person_id, course_slug, lesson_slug))
    if folder is None:
        raise NotFound
    return folder


def _folder(person_id: int, course_slug: str, lesson_slug: str) -> str | None:
    try:
        enrollment = enrollments.open_enrollment(person_id, course_slug)
    except NotFound:
        return None
    lesson = next((item for item in courses.lessons(enrollment.revision_id) if item.slug == lesson_slug), None)
    return lesson.video.folder if lesson and lesson.video else None
