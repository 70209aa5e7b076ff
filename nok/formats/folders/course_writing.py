"""A course folder written down: the same course always becomes the same files with the same bytes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from nok.formats import blocks as block_text
from nok.formats import questions as question_text
from nok.formats import worksheets as worksheet_text
from nok.formats.folders.sources import ApprovalSource, CourseFolder, LessonSource, SectionSource, VideoSource
from nok.formats.folders.toml_writing import array, front_matter, inline_tables, line, references, table
from nok.formats.folders.videos import written_time

HEAD = "course.toml"
CENTS = 100


def texts(folder: CourseFolder) -> dict[str, str]:
    """Return the text files of a course by their names in the folder."""
    written = {HEAD: _head(folder)}
    if folder.about:
        written["about.md"] = folder.about + "\n"
    if folder.scope_notice:
        written["scope-notice.md"] = folder.scope_notice + "\n"
    for lesson in _lessons(folder):
        written[lesson.file] = _lesson(lesson)
        if lesson.questions:
            written[_questions(lesson)] = question_text.write(lesson.questions)
        if lesson.prompts:
            written[_worksheet(lesson)] = worksheet_text.write(lesson.prompts)
        for track in lesson.video.captions if lesson.video else ():
            written[_captions(lesson, track.language)] = track.vtt
    return written


def files(folder: CourseFolder) -> dict[str, Path]:
    """Return where the videos, documents and pictures of a course lie, by their names in the folder."""
    found = {f"pictures/{picture.name}": picture.path for picture in folder.pictures}
    for lesson in _lessons(folder):
        if lesson.video:
            found[_video(lesson)] = lesson.video.path
        if lesson.document:
            found[f"files/{lesson.document.name}"] = lesson.document.path
    return found


def written_price(cents: int) -> str:
    """Return an amount as a folder says it: 4900 is 49.00."""
    return f"{cents // CENTS}.{cents % CENTS:02}"


def _lessons(folder: CourseFolder) -> Iterable[LessonSource]:
    return (lesson for section in folder.sections for lesson in section.lessons)


def _video(lesson: LessonSource) -> str:
    return f"videos/{lesson.slug}.mp4"


def _captions(lesson: LessonSource, language: str) -> str:
    return f"videos/{lesson.slug}.{language}.vtt"


def _questions(lesson: LessonSource) -> str:
    return f"questions/{lesson.slug}.txt"


def _worksheet(lesson: LessonSource) -> str:
    return f"worksheets/{lesson.slug}.txt"


def _head(folder: CourseFolder) -> str:
    priced = folder.price_cents or folder.currency != "USD"
    lines = [
        line("format", 1),
        line("slug", folder.slug),
        line("title", folder.title),
        line("summary", folder.summary),
        line("language", folder.language),
        line("teacher", folder.teacher_email),
        line("category", folder.category) if folder.category else "",
        line("price", written_price(folder.price_cents)) + line("currency", folder.currency) if priced else "",
        line("access_days", folder.access_days) if folder.access_days else "",
        array("topics", folder.topics),
        array("objectives", folder.objectives),
        line("about", "about.md") if folder.about else "",
        line("scope_notice", "scope-notice.md") if folder.scope_notice else "",
        table("[certificate]", line("statement", folder.certificate_statement)),
        table("[requirements]", *_requirements(folder)),
        *(table("[[sections]]", *_section(section)) for section in folder.sections),
        references(folder.references),
        *(table("[[approvals]]", *_approval(approval)) for approval in folder.approvals),
    ]
    return "".join(lines)


def _requirements(folder: CourseFolder) -> list[str]:
    return [
        line("pass_mark", folder.pass_mark),
        line("attempts", folder.attempts),
        line("time_limit_minutes", folder.time_limit_minutes),
        line("speed_cap", Decimal(round(folder.speed_cap * 100)) / 100),
    ]


def _section(section: SectionSource) -> list[str]:
    lessons = [lesson.slug for lesson in section.lessons]
    return [line("id", section.key), line("title", section.title), array("lessons", lessons)]


def _approval(approval: ApprovalSource) -> list[str]:
    return [
        line("board", approval.board),
        line("board_name", approval.board_name),
        line("number", approval.number),
        line("hours", approval.hours),
        line("category", approval.category) if approval.category else "",
        line("delivery", approval.delivery) if approval.delivery else "",
        line("valid_from", approval.valid_from),
        line("valid_until", approval.valid_until),
    ]


def _lesson(lesson: LessonSource) -> str:
    fields = [
        line("title", lesson.title),
        line("kind", lesson.kind),
        line("minutes", lesson.minutes),
        line("summary", lesson.summary) if lesson.summary else "",
        line("preview", True) if lesson.preview else "",
        *(_video_fields(lesson, lesson.video) if lesson.video else ()),
        line("file", f"files/{lesson.document.name}") if lesson.document else "",
        line("questions", _questions(lesson)) if lesson.questions else "",
        line("draw", lesson.draw) if lesson.draw else "",
        line("shuffle", True) if lesson.shuffle else "",
        line("worksheet", _worksheet(lesson)) if lesson.prompts else "",
    ]
    return front_matter(fields) + (block_text.join(lesson.blocks) if lesson.blocks else "")


def _video_fields(lesson: LessonSource, video: VideoSource) -> list[str]:
    tracks = sorted(video.captions, key=lambda track: track.language)
    captions = [
        {"language": track.language, "label": track.label, "file": _captions(lesson, track.language)}
        for track in tracks
    ]
    chapters = [{"at": written_time(chapter.start_ms), "title": chapter.title} for chapter in video.chapters]
    return [
        line("video", _video(lesson)),
        inline_tables("captions", captions),
        inline_tables("chapters", chapters) if chapters else "",
    ]
