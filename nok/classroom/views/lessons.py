"""The lesson page, its transcript to read, and what stands there for those to whom the course is not open."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from nok.annotations.forms import NewNoteForm
from nok.classroom.queries import access, films, previews
from nok.classroom.queries import lessons as lesson_pages
from nok.classroom.queries.notes import lesson_notes
from nok.classroom.views.blueprint import (
    blueprint,
    enrollment_of_viewer,
    lesson_of_viewer,
    opens,
    standing_of_viewer,
)
from nok.core.db import db
from nok.core.errors import NotFound
from nok.courses.models import Lesson, LessonKind
from nok.enrollments.models import Enrollment
from nok.learning import queries as learning
from nok.learning import service
from nok.web.access import guests_if, signed_in, viewer, viewer_or_none
from nok.web.headers import allow_own_frames


@blueprint.get("/learn/<slug:course>")
@signed_in
def course(course: str) -> BaseResponse | tuple[str, int]:
    """Go on where I stopped."""
    enrollment = enrollment_of_viewer(course)
    if enrollment is not None and not opens(enrollment):
        return _ended(enrollment)
    lesson = standing_of_viewer(course).next_lesson()
    if lesson is None:
        raise NotFound
    return redirect(url_for(".lesson", course=course, lesson=lesson.slug), 303)


@blueprint.get("/learn/<slug:course>/<slug:lesson>")
@guests_if(access.is_preview)
def lesson(course: str, lesson: str) -> str | tuple[str, int]:
    """One lesson, for the enrolled; a preview of it for anyone, where it is one."""
    enrollment = enrollment_of_viewer(course)
    if enrollment is not None and opens(enrollment):
        standing = learning.standing(enrollment)
        found = standing.by_slug(lesson)
        if found is not None:
            _frames(found.kind)
            page = lesson_pages.lesson_page(standing, found)
            beside = lesson_notes(viewer().id, course, found, enrollment.revision.number, _spoken(page.video))
            return render_template(
                "classroom/lesson.html", **vars(page), beside=beside, note_form=NewNoteForm() if beside else None
            )
    shown = access.preview(course, lesson)
    if shown is not None:
        return _preview(course, shown)
    if enrollment is None or opens(enrollment):
        raise NotFound
    return _ended(enrollment)


@blueprint.get("/learn/<slug:course>/<slug:lesson>/transcript")
@signed_in
def transcript(course: str, lesson: str) -> str:
    """A video lesson to be read instead of watched, for the same seat time."""
    standing, found = lesson_of_viewer(course, lesson)
    return render_template("classroom/transcript.html", page=films.transcript_page(standing, found))


@blueprint.post("/learn/<slug:course>/<slug:lesson>/complete")
@signed_in
def complete(course: str, lesson: str) -> BaseResponse:
    """Mark a text or file lesson as complete and go on."""
    standing, found = lesson_of_viewer(course, lesson)
    service.mark_read(standing.enrollment, found)
    db.session.commit()
    following = next((item for item in standing.lessons if item.position > found.position), found)
    return redirect(url_for(".lesson", course=course, lesson=following.slug), 303)


def _frames(kind: LessonKind) -> None:
    if kind is LessonKind.FILE:
        allow_own_frames()


def _preview(course_slug: str, lesson: Lesson) -> str:
    """Show a lesson that anyone may see."""
    _frames(lesson.kind)
    page, reader = previews.preview_page(course_slug, lesson), viewer_or_none()
    beside = lesson_notes(reader.id if reader else None, course_slug, lesson, page.revision_number, _spoken(page.video))
    return render_template(
        "classroom/preview.html", **vars(page), beside=beside, note_form=NewNoteForm() if reader else None
    )


def _spoken(film: films.VideoView | None) -> str:
    """Return the language of the transcript that is shown, or ''."""
    return film.captions[0].language if film and film.cues else ""


def _ended(enrollment: Enrollment) -> tuple[str, int]:
    """Say that access has ended, why, and what remains."""
    return render_template("classroom/ended.html", **vars(previews.ended_page(enrollment))), 403
