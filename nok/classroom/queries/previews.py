"""What stands at a lesson's address for those to whom the course is not open: a preview, or word of the end."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import format_date
from flask_babel import gettext as _

from nok.classroom.queries import films
from nok.classroom.queries.blocks import BlockView, block_views
from nok.classroom.queries.films import FileView, VideoView
from nok.core.clock import now
from nok.courses import queries as courses
from nok.courses.models import Lesson
from nok.enrollments.models import EndReason, Enrollment
from nok.enrollments.rules import may_return


@dataclass(frozen=True)
class PreviewPage:
    """A lesson that anyone may see: without progress, without seat time."""

    course_slug: str
    course_title: str
    revision_number: int
    slug: str
    title: str
    kind: str
    summary: str
    minutes: int
    scope_notice_html: str
    blocks: tuple[BlockView, ...]
    video: VideoView | None
    file: FileView | None


@dataclass(frozen=True)
class EndedPage:
    """That access has ended: why, and whether one may come back by enrolling again."""

    course_slug: str
    title: str
    sentence: str
    may_return: bool


def preview_page(course_slug: str, lesson: Lesson) -> PreviewPage:
    """Return the page of a preview lesson, its video and file loaded; two statements, one more for a video."""
    revision = courses.published(course_slug)
    base = f"/learn/{course_slug}/{lesson.slug}"
    return PreviewPage(
        course_slug=course_slug,
        course_title=revision.title,
        revision_number=revision.number,
        slug=lesson.slug,
        title=lesson.title,
        kind=lesson.kind.value,
        summary=lesson.summary,
        minutes=lesson.minutes,
        scope_notice_html=revision.scope_notice_html,
        blocks=block_views(lesson.id),
        video=films.preview_video(lesson, base) if lesson.video else None,
        file=films.file_view(lesson.file, lesson.file_name, base) if lesson.file else None,
    )


def ended_page(enrollment: Enrollment) -> EndedPage:
    """Return the page of an enrollment that is not open, course and revision loaded."""
    left = enrollment.end_reason is EndReason.LEFT
    return EndedPage(
        course_slug=enrollment.course.slug,
        title=enrollment.revision.title,
        sentence=ended_sentence(enrollment),
        may_return=may_return(enrollment.ended_at, enrollment.access_until, now(), left=left),
    )


def ended_sentence(enrollment: Enrollment) -> str:
    """Say when and why an enrollment that is not open has ended."""
    if enrollment.end_reason is EndReason.LEFT:
        return _("You left this course on %(day)s.", day=_day(enrollment.ended_at))
    if enrollment.ended_at is not None:
        return _("Your enrollment was ended on %(day)s. Ask the teacher about it.", day=_day(enrollment.ended_at))
    return _("Your access to this course ended on %(day)s.", day=_day(enrollment.access_until))


def _day(moment: datetime | None) -> str:
    return str(format_date(moment, format="long"))
