"""Lesson files of a course folder: text, video with captions, document, test, worksheet, evaluation."""

from __future__ import annotations

from typing import cast, get_args

from nok.formats.blocks import Block
from nok.formats.folders import front_matter, lesson_files, markdown, videos
from nok.formats.folders.files import Place, SourceFiles
from nok.formats.folders.markdown import Gallery
from nok.formats.folders.sources import LessonKind, LessonSource
from nok.formats.folders.toml_table import LONGEST_SLUG, SLUG, TomlTable
from nok.formats.problems import quoted

_LONGEST_LESSON_MINUTES = 600
_KINDS: tuple[str, ...] = get_args(LessonKind)
_SHOWN_TO_ANYONE = ("video", "text", "file")
_ONLY_FOR = {
    "video": ("video",),
    "captions": ("video",),
    "chapters": ("video",),
    "file": ("file",),
    "questions": ("test",),
    "draw": ("test",),
    "shuffle": ("test",),
    "worksheet": ("worksheet",),
    "preview": _SHOWN_TO_ANYONE,
}


def read(slug: str, said_at: Place, files: SourceFiles, gallery: Gallery) -> LessonSource | None:
    """Return the lesson of that name, named at `said_at`, or None when a problem was written down."""
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        advice = f"use small letters, digits and hyphens, at most {LONGEST_SLUG}."
        files.blame(said_at, f"{quoted(slug)} cannot name a lesson: {advice}")
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
    lesson = _lesson(slug, kind, fields, blocks, gallery)
    _refuse_fields_of_other_kinds(kind, fields)
    fields.close()
    return lesson


def _lesson(slug: str, kind: str, fields: TomlTable, blocks: tuple[Block, ...], gallery: Gallery) -> LessonSource:
    questions = lesson_files.questions(fields, gallery) if kind == "test" else ()
    return LessonSource(
        slug=slug,
        title=fields.text("title", 140),
        kind=cast("LessonKind", kind),
        summary=fields.text("summary", 400, default=""),
        minutes=fields.integer("minutes", 1, _LONGEST_LESSON_MINUTES),
        preview=fields.flag("preview") if kind in _SHOWN_TO_ANYONE else False,
        blocks=blocks,
        video=videos.video(fields) if kind == "video" else None,
        document=lesson_files.document(fields) if kind == "file" else None,
        questions=questions,
        draw=lesson_files.draw(fields, len(questions)) if kind == "test" else 0,
        shuffle=fields.flag("shuffle") if kind == "test" else False,
        prompts=lesson_files.prompts(fields) if kind == "worksheet" else (),
        file=fields.file,
    )


def _refuse_fields_of_other_kinds(kind: str, fields: TomlTable) -> None:
    for key, owners in _ONLY_FOR.items():
        if kind in _KINDS and kind not in owners and fields.has(key):
            kinds = " or ".join(f'"{owner}"' for owner in owners)
            fields.blame(key, f"{key} belongs to a lesson with kind = {kinds}: delete it, or change kind.")
    fields.ignore(*_ONLY_FOR)
