"""Lesson files of a course folder: text, video with captions, test with questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from nok.formats import questions as question_text
from nok.formats import webvtt
from nok.formats.blocks import Block
from nok.formats.folders import front_matter, markdown
from nok.formats.folders.files import MEGABYTE, Place, SourceFiles
from nok.formats.folders.markdown import Gallery
from nok.formats.folders.sources import CaptionSource, LessonKind, LessonSource, VideoSource
from nok.formats.folders.toml_table import LANGUAGE, SLUG, TomlTable
from nok.formats.problems import FolderProblems, quoted
from nok.formats.questions import Question

_T = TypeVar("_T")

_LARGEST_VIDEO = 2048 * MEGABYTE
_LONGEST_LESSON_MINUTES = 600
_KINDS = ("video", "text", "test")
_ONLY_FOR = {"video": "video", "captions": "video", "questions": "test"}


def read(slug: str, said_at: Place, files: SourceFiles, gallery: Gallery) -> LessonSource | None:
    """Return the lesson of that name, named at `said_at`, or None when a problem was written down."""
    if not SLUG.fullmatch(slug):
        files.blame(said_at, f"{quoted(slug)} cannot name a lesson: use small letters, digits and hyphens.")
        return None
    name = f"lessons/{slug}.md"
    front = front_matter.read(files, name, said_at)
    if front is None:
        return None
    fields = front.fields
    kind = fields.text("kind")
    if kind and kind not in _KINDS:
        fields.blame("kind", f"kind: {quoted(kind)} does not do. Write one of " + ", ".join(_KINDS) + ".")
    blocks = markdown.read(front.body, Place(name, front.body_line), files, gallery)
    if kind == "text" and not front.body.strip():
        files.blame(Place(name, front.body_line), "This lesson has no text: write it below the second +++.")
    lesson = _lesson(slug, name, kind, fields, blocks)
    _refuse_fields_of_other_kinds(kind, fields)
    fields.close()
    return lesson


def _lesson(slug: str, name: str, kind: str, fields: TomlTable, blocks: tuple[Block, ...]) -> LessonSource:
    return LessonSource(
        slug=slug,
        title=fields.text("title", 140),
        kind=cast("LessonKind", kind),
        summary=fields.text("summary", 400, default=""),
        minutes=fields.integer("minutes", 1, _LONGEST_LESSON_MINUTES),
        blocks=blocks,
        video=_video(fields) if kind == "video" else None,
        questions=_questions(fields) if kind == "test" else (),
        file=name,
    )


def _refuse_fields_of_other_kinds(kind: str, fields: TomlTable) -> None:
    for key, owner in _ONLY_FOR.items():
        if kind in _KINDS and kind != owner and fields.has(key):
            fields.blame(key, f'{key} belongs to a lesson with kind = "{owner}": delete it, or change kind.')
    fields.ignore(*_ONLY_FOR)


def _video(fields: TomlTable) -> VideoSource | None:
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
    return VideoSource(path, captions) if path else None


def _captions(entry: TomlTable) -> CaptionSource | None:
    language = entry.matching("language", LANGUAGE, "Write a language tag like en, zh-Hans or ko.")
    label, name = entry.text("label"), entry.text("file")
    entry.close()
    text = entry.files.text(name, entry.place("file"), MEGABYTE) if name else None
    cues = _checked(webvtt.parse, text, name, entry.files)
    return CaptionSource(language, label, entry.files.root / name, cues) if cues else None


def _questions(fields: TomlTable) -> tuple[Question, ...]:
    name = fields.text("questions")
    text = fields.files.text(name, fields.place("questions")) if name else None
    found = _checked(question_text.parse, text, name, fields.files)
    for question in found:
        texts = (question.stem, question.explanation, *(choice.text for choice in question.choices))
        blocks = (Block(None, "markdown", text, question.line) for text in texts)
        markdown.refuse_pictures(blocks, name, fields.files)
    return found


def _checked(
    parse: Callable[[str, str], tuple[_T, ...]], text: str | None, name: str, files: SourceFiles
) -> tuple[_T, ...]:
    if text is None:
        return ()
    try:
        return parse(text, name)
    except FolderProblems as error:
        files.problems.extend(error.problems)
        return ()
