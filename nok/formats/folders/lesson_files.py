"""Files that a lesson names: a document, questions, the prompts of a worksheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import unquote

from nok.formats import blocks as block_text
from nok.formats import questions as question_text
from nok.formats import worksheets as worksheet_text
from nok.formats.blocks import Block
from nok.formats.folders import markdown
from nok.formats.folders.files import MEGABYTE, Place, SourceFiles
from nok.formats.folders.markdown import Gallery
from nok.formats.folders.sources import DocumentSource
from nok.formats.folders.toml_table import TomlTable
from nok.formats.problems import FolderProblems, quoted
from nok.formats.questions import Question
from nok.formats.worksheets import Prompt

_T = TypeVar("_T")

DOCUMENTS = "files/"
_LARGEST_DOCUMENT = 20 * MEGABYTE
_PDF = b"%PDF-"


def document(fields: TomlTable) -> DocumentSource | None:
    """Return the PDF file under `file`, or None when a problem was written down."""
    name = fields.text("file")
    if not name:
        return None
    short = name.removeprefix(DOCUMENTS)
    if not name.startswith(DOCUMENTS) or "/" in short or not short.endswith(".pdf"):
        fields.blame("file", f"{quoted(name)} cannot be read here: put a PDF file into files/, like files/name.pdf.")
        return None
    path = fields.files.file(name, fields.place("file"), _LARGEST_DOCUMENT)
    if path is not None and fields.files.begins(path, len(_PDF)) != _PDF:
        fields.blame("file", f"{quoted(name)} is not a PDF file inside: export it again as PDF.")
    return DocumentSource(short, path) if path else None


def questions(fields: TomlTable, gallery: Gallery) -> tuple[Question, ...]:
    """Return the questions of the file under `questions`, and take their pictures in."""
    name = fields.text("questions")
    text = fields.files.text(name, fields.place("questions")) if name else None
    found = checked(question_text.parse, text, name, fields.files)
    lines = (text or "").split("\n")
    for question in found:
        for shown in (question.stem, question.explanation):
            _take_pictures(shown, lines, Place(name, question.line), gallery)
        choices = (Block(None, "markdown", choice.text, question.line) for choice in question.choices)
        markdown.refuse_pictures(choices, name, fields.files)
    return found


def draw(fields: TomlTable, count: int) -> int:
    """Return how many of `count` questions an attempt asks, 0 for all."""
    wanted = fields.integer("draw", 0, 1_000, default=0)
    if count and wanted > count:
        fields.blame("draw", f"draw: {wanted} cannot be drawn, the file has {count}: write fewer, or add questions.")
    return wanted


def prompts(fields: TomlTable) -> tuple[Prompt, ...]:
    """Return the tasks of the file under `worksheet`."""
    name = fields.text("worksheet")
    text = fields.files.text(name, fields.place("worksheet")) if name else None
    found = checked(worksheet_text.parse, text, name, fields.files)
    markdown.refuse_pictures((Block(None, "markdown", one.text, one.line) for one in found), name, fields.files)
    return found


def checked(
    parse: Callable[[str, str], tuple[_T, ...]], text: str | None, name: str, files: SourceFiles
) -> tuple[_T, ...]:
    """Return what `parse` makes of a text; nothing when that is a problem, which is written down."""
    if text is None:
        return ()
    try:
        return parse(text, name)
    except FolderProblems as error:
        files.problems.extend(error.problems)
        return ()


def _take_pictures(text: str, lines: list[str], heading: Place, gallery: Gallery) -> None:
    for picture in block_text.pictures(Block(None, "markdown", text, heading.line)):
        below = range(heading.line, len(lines))
        line = next((n + 1 for n in below if picture.source and picture.source in lines[n]), heading.line)
        gallery.add(unquote(picture.source), picture.alt, Place(heading.file, line))
