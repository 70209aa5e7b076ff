"""What a lesson shows besides words: its video with chapters and transcript, the transcript to read, its file."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal
from flask_babel import gettext as _

from nok.classroom.queries.parts import Cue, Part, parts
from nok.core.errors import Conflict, NotFound
from nok.courses import queries as courses
from nok.courses.models import Captions, Lesson
from nok.learning import rules
from nok.learning.queries import Standing
from nok.media.models import StoredFile, VideoStatus

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Track:
    """Captions in one language."""

    language: str
    label: str
    url: str


@dataclass(frozen=True)
class ChapterView:
    """A chapter of a video, from `start_ms` up to `end_ms` of media."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True)
class VideoView:
    """What the player is told. `covered_json` is a list of [start, end] in media milliseconds.

    Without `beats_url` nothing is counted, as in a preview; `read_url` leads to the transcript to be read instead.
    """

    status: str
    hls_url: str
    poster_url: str
    beats_url: str
    read_url: str
    length_ms: int
    resume_ms: int
    covered_json: str
    covered_ms: int
    speed_cap: float
    first_view: bool
    captions: list[Track]
    cues: list[Cue]
    chapters: list[ChapterView]


@dataclass(frozen=True)
class FileView:
    """The file of a lesson; `size` in words, such as "1.2 MB"."""

    url: str
    name: str
    size: str


@dataclass(frozen=True)
class TranscriptPage:
    """A video lesson to be read, part by part. `covered_json` as in VideoView."""

    course_slug: str
    course_title: str
    lesson_slug: str
    title: str
    language: str
    beats_url: str
    length_ms: int
    resume_ms: int
    covered_json: str
    covered_ms: int
    speed_cap: float
    done: bool
    parts: list[Part]


def video_view(standing: Standing, lesson: Lesson, base: str) -> VideoView | None:
    """Return the video of a lesson as its learner sees it; one statement."""
    if lesson.video is None:
        return None
    progress, captions = standing.progress.get(lesson.id), courses.captions(lesson.id)
    covered: list[Any] = progress.covered if progress else []
    return _view(
        lesson,
        captions,
        base,
        beats_url=_beats_url(lesson),
        read_url=f"{base}/transcript" if captions else "",
        resume_ms=progress.position_ms if progress else 0,
        covered=covered,
        speed_cap=standing.enrollment.revision.speed_cap_percent / 100,
        first_view=not standing.is_done(lesson),
    )


def preview_video(lesson: Lesson, base: str) -> VideoView:
    """Return the video of a preview lesson: played as one likes, and not counted. One statement."""
    return _view(lesson, courses.captions(lesson.id), base)


def file_view(file: StoredFile, name: str, base: str) -> FileView:
    """Return the file of a lesson."""
    size = format_decimal(max(file.size / MEGABYTE, 0.1), format="#,##0.0")
    return FileView(f"{base}/file.pdf", name, _("%(size)s MB", size=size))


def transcript_page(standing: Standing, lesson: Lesson) -> TranscriptPage:
    """Return a video lesson to read; one statement.

    Raise NotFound for a lesson without a transcript, Conflict while the length of the video is not known.
    """
    captions = courses.captions(lesson.id) if lesson.video else ()
    if lesson.video is None or not captions:
        raise NotFound
    if lesson.video.status is not VideoStatus.READY:
        raise Conflict(_("The video of this lesson is being prepared; its transcript counts as soon as it is there."))
    progress = standing.progress.get(lesson.id)
    covered: list[Any] = progress.covered if progress else []
    return TranscriptPage(
        course_slug=standing.enrollment.course.slug,
        course_title=standing.enrollment.revision.title,
        lesson_slug=lesson.slug,
        title=lesson.title,
        language=captions[0].language,
        beats_url=_beats_url(lesson),
        length_ms=lesson.video.length_ms,
        resume_ms=progress.position_ms if progress else 0,
        covered_json=json.dumps(covered),
        covered_ms=_length(covered),
        speed_cap=standing.enrollment.revision.speed_cap_percent / 100,
        done=standing.is_done(lesson),
        parts=parts([Cue(*cue) for cue in captions[0].cues], lesson.video.length_ms),
    )


def _view(  # noqa: PLR0913  what differs between a learner and a guest
    lesson: Lesson,
    captions: Sequence[Captions],
    base: str,
    *,
    beats_url: str = "",
    read_url: str = "",
    resume_ms: int = 0,
    covered: Sequence[Any] = (),
    speed_cap: float = 2,
    first_view: bool = False,
) -> VideoView:
    video = lesson.video
    if video is None:
        raise NotFound
    return VideoView(
        status=video.status.value,
        hls_url=f"{base}/media/index.m3u8",
        poster_url=f"{base}/media/poster.jpg",
        beats_url=beats_url,
        read_url=read_url,
        length_ms=video.length_ms,
        resume_ms=resume_ms,
        covered_json=json.dumps(covered),
        covered_ms=_length(covered),
        speed_cap=speed_cap,
        first_view=first_view,
        captions=[Track(track.language, track.label, f"{base}/captions/{track.language}.vtt") for track in captions],
        cues=[Cue(*cue) for cue in captions[0].cues] if captions else [],
        chapters=_chapters(lesson.chapters, video.length_ms),
    )


def _chapters(stored: Sequence[Any], length_ms: int) -> list[ChapterView]:
    """Give each chapter its end, the next one's start; those that would begin after the video's end are left out."""
    inside = [(start, title) for start, title in stored if start < length_ms]
    ends = [*[start for start, _title in inside[1:]], length_ms]
    return [ChapterView(start, end, title) for (start, title), end in zip(inside, ends, strict=True)] if inside else []


def _beats_url(lesson: Lesson) -> str:
    return f"/api/v1/lessons/{lesson.id}/beats"


def _length(covered: Sequence[Any]) -> int:
    return rules.length((start, end) for start, end in covered)
