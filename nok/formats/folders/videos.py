"""A lesson's video, with its captions and chapters."""

from __future__ import annotations

import re

from nok.formats import webvtt
from nok.formats.folders.files import MEGABYTE
from nok.formats.folders.lesson_files import checked
from nok.formats.folders.sources import CaptionSource, ChapterSource, VideoSource
from nok.formats.folders.toml_table import LANGUAGE, TomlTable
from nok.formats.problems import quoted

_LARGEST_VIDEO = 2048 * MEGABYTE
_LONGEST_LANGUAGE = 20
_LONGEST_LABEL = 60
_LONGEST_CHAPTER = 100
_AT = re.compile(r"(?:([0-9]):([0-5][0-9])|([0-9]{1,2})):([0-5][0-9])")


def video(fields: TomlTable) -> VideoSource | None:
    """Return the video under `video`, or None when a problem was written down."""
    name = fields.text("video")
    path = fields.files.file(name, fields.place("video"), _LARGEST_VIDEO) if name else None
    if path is not None and fields.files.begins(path, 8)[4:] != b"ftyp":
        fields.blame("video", f"{quoted(name)} is not an MP4 video inside: export it again as MP4.")
    captions = tuple(found for entry in fields.tables("captions") if (found := _captions(entry)))
    if not any(True for _ in fields.tables("captions")):
        example = '[{language="en", label="English", file="videos/….en.vtt"}]'
        message = f"captions is missing: write captions = {example}."
        fields.blame("captions", message)
    languages = [caption.language for caption in captions]
    for language in sorted({one for one in languages if languages.count(one) > 1}):
        fields.blame("captions", f"captions: {quoted(language)} stands here twice: delete one.")
    chapters = _chapters(fields)
    return VideoSource(path, captions, chapters) if path else None


def written_time(milliseconds: int) -> str:
    """Return a chapter's time as it is written in a folder, such as 0:05, 12:30 or 1:00:00."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _captions(entry: TomlTable) -> CaptionSource | None:
    advice = "Write a language tag like en, zh-Hans or ko."
    language = entry.matching("language", LANGUAGE, advice, longest=_LONGEST_LANGUAGE)
    label, name = entry.text("label", _LONGEST_LABEL), entry.text("file")
    entry.close()
    text = entry.files.text(name, entry.place("file"), MEGABYTE) if name else None
    cues = checked(webvtt.parse, text, name, entry.files)
    return CaptionSource(language, label, text, cues) if cues and text else None


def _chapters(fields: TomlTable) -> tuple[ChapterSource, ...]:
    chapters: list[ChapterSource] = []
    latest = -1
    for entry in fields.tables("chapters"):
        written, title = entry.text("at"), entry.text("title", _LONGEST_CHAPTER)
        start = _milliseconds(written)
        if written and start is None:
            entry.blame("at", f'at: {quoted(written)} is not a time: write "1:05", or "1:00:05".', written)
        elif start is not None and start <= latest:
            message = f"at: {quoted(written)} does not come after the chapter before it: put them in the order of time."
            entry.blame("at", message, written)
        entry.close()
        latest = latest if start is None else start
        chapters.append(ChapterSource(start or 0, title))
    return tuple(chapters)


def _milliseconds(written: str) -> int | None:
    match = _AT.fullmatch(written)
    if match is None:
        return None
    hours, minutes_of_hour, minutes, seconds = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes_of_hour + minutes) * 60 + seconds) * 1000
