"""A person's notes to take along: Markdown to read, CSV to sort, web annotations for other readers."""

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from nok.formats import web_annotation
from nok.formats.web_annotation import CONTEXT, WebAnnotation

_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001
_BEGINS_A_BLOCK = re.compile(r"^(\s*\d*)([-+=~.)])", re.MULTILINE)
_COLUMNS = ("title", "course", "quote", "now", "note", "color", "moment", "created", "changed", "page", "version")


@dataclass(frozen=True)
class TakenNote:
    """A note with what its reader needs to know of it: where it stands, and `wording`, what stands there now.

    `unconfirmed` says that the person has not looked yet whether that is still what was meant.
    """

    title: str
    course: str
    color: str
    page: str
    wording: str
    unconfirmed: bool
    annotation: WebAnnotation


def markdown(notes: Sequence[TakenNote]) -> str:
    """Return a document: a heading for each page, the quotes as quotations."""
    parts = ["# My Notes\n"]
    for (title, course, page), group in groupby(notes, key=lambda note: (note.title, note.course, note.page)):
        of = f" ({_plain(course)})" if course else ""
        parts.append(f"\n## {_plain(title)}{of}\n\n<{page}>\n")
        parts += [_item(note) for note in group]
    return "".join(parts)


def _item(note: TakenNote) -> str:
    made = note.annotation
    lines = [f"\n> {line}" for line in _plain(made.exact).splitlines() if line]
    if note.wording:
        lines.append(f"\n\nNow{' (not confirmed)' if note.unconfirmed else ''}: “{_plain(note.wording)}”")
    if made.media_ms is not None:
        lines.append(f"\n\nAt {_moment(made.media_ms)}")
    if made.note:
        lines.append(f"\n\n{_plain(made.note)}")
    lines.append(f"\n\n{note.color}, {made.created:%Y-%m-%d}\n")
    return "".join(lines)


def _plain(text: str) -> str:
    """Return words that Markdown shows as they are."""
    escaped = "".join(f"\\{letter}" if letter in "\\`*_{}[]<>#|!&" else letter for letter in text)
    return _BEGINS_A_BLOCK.sub(r"\1\\\2", escaped)


def _moment(media_ms: int) -> str:
    minutes, seconds = divmod(media_ms // 1000, 60)
    return f"{minutes}:{seconds:02}"


def table(notes: Sequence[TakenNote]) -> str:
    """Return a table with a heading line. No cell begins a formula where a spreadsheet opens it."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for note in notes:
        made = note.annotation
        moment = "" if made.media_ms is None else _moment(made.media_ms)
        dates = (made.created.isoformat(), made.modified.isoformat())
        cells = (note.title, note.course, made.exact, note.wording, made.note, note.color, moment, *dates)
        writer.writerow([_harmless(cell) for cell in (*cells, note.page, made.source)])
    return "\ufeff" + file.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell


def json_ld(notes: Sequence[TakenNote]) -> str:
    """Return a page of annotations in the words of the W3C."""
    page = {
        "@context": CONTEXT,
        "type": "AnnotationPage",
        "items": [web_annotation.written(note.annotation, alone=False) for note in notes],
    }
    return json.dumps(page, ensure_ascii=False, indent=1)


WRITERS: dict[str, tuple[str, Callable[[Sequence[TakenNote]], str]]] = {
    "my-notes.md": ("text/markdown; charset=utf-8", markdown),
    "my-notes.csv": ("text/csv; charset=utf-8", table),
    "my-notes.json": (web_annotation.MEDIA_TYPE, json_ld),
}
"""What notes can be written as: the name of the file, its media type, and what writes it."""
