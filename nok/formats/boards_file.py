"""Read a boards file: who licenses, what their license numbers look like, what their approvals ask of a course.

`read` returns all of it or raises FolderProblems with all that is wrong. The format is described in
docs/boards-file.md; what the demands mean, and what they are compared with, in `nok.credits.rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from nok.formats.folders import toml_table
from nok.formats.folders.files import Place, SourceFiles
from nok.formats.folders.toml_table import TomlTable
from nok.formats.problems import FolderProblems, quoted

FORMAT = 1
_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,12}){0,3}")
_STATE = re.compile(r"[A-Z]{2}")
_NUMBERS = {
    "least_test_items": (1, 1000),
    "least_pass_mark": (1, 100),
    "most_speed_percent": (100, 300),
}
_FLAGS = ("pass_mark_told", "worksheet_review", "evaluation")


@dataclass(frozen=True, slots=True)
class BoardSource:
    """One board. `demands` holds numbers, or True, by the names that `nok.credits.rules` knows."""

    code: str
    name: str
    state: str = ""
    provider_number: str = ""
    number_pattern: str = ""
    number_hint: str = ""
    hour_minutes: int = 60
    keep_years: int = 6
    demands: dict[str, int | bool] = field(default_factory=dict)
    source: str = ""
    effective_from: date | None = None
    last_checked: date | None = None


def read(path: Path) -> tuple[BoardSource, ...]:
    """Return the boards of the file in their order; raise FolderProblems with everything that has to be mended."""
    files = SourceFiles(path.parent)
    text = files.text(path.name, Place(path.name, 0))
    head = toml_table.parse(text, path.name, files) if text is not None else None
    boards = tuple(_boards(head)) if head else ()
    if files.problems:
        raise FolderProblems(files.problems)
    return boards


def _boards(head: TomlTable) -> Iterator[BoardSource]:
    if head.integer("format", 0, 1_000_000) != FORMAT:
        head.blame("format", f"format: this program reads format = {FORMAT}.")
    first: dict[str, int] = {}
    for entry in head.tables("boards"):
        board = _board(entry)
        line = entry.place("code").line
        if board.code and board.code in first:
            entry.blame("code", f"code: {quoted(board.code)} already stands on line {first[board.code]}: delete one.")
        first.setdefault(board.code, line)
        entry.close()
        yield board
    if not first:
        head.blame("", "There is no board: write [[boards]] with code and name.")
    head.close()


def _board(entry: TomlTable) -> BoardSource:
    entry.ignore("effective_from")
    return BoardSource(
        code=entry.matching("code", _CODE, "Write capitals, digits and hyphens, like US-CA-CAB."),
        name=entry.text("name", 120),
        state=entry.matching("state", _STATE, "Write two capitals like CA, or nothing for a national body.", ""),
        provider_number=entry.text("provider_number", 80, default=""),
        number_pattern=_pattern(entry),
        number_hint=entry.text("number_hint", 300, default=""),
        hour_minutes=entry.integer("hour_minutes", 1, 120, default=60),
        keep_years=entry.integer("keep_years", 1, 50, default=6),
        demands=_demands(entry.table("demands")),
        source=entry.text("source", 300),
        effective_from=entry.day("effective_from") if entry.has("effective_from") else None,
        last_checked=entry.day("last_checked"),
    )


def _pattern(entry: TomlTable) -> str:
    pattern = entry.text("number_pattern", 200, default="")
    try:
        re.compile(pattern)
    except re.error as error:
        entry.blame("number_pattern", f"number_pattern: {quoted(pattern)} is no regular expression: {error}.")
        return ""
    if pattern and not entry.has("number_hint"):
        message = "number_hint is missing: say in one sentence what these license numbers look like."
        entry.blame("number_pattern", message)
    return pattern


def _demands(entry: TomlTable) -> dict[str, int | bool]:
    asked: dict[str, int | bool] = {
        key: entry.integer(key, least, most) for key, (least, most) in _NUMBERS.items() if entry.has(key)
    }
    asked.update({key: True for key in _FLAGS if entry.flag(key)})
    entry.ignore(*_NUMBERS)
    entry.close()
    return asked
