"""The head of a Markdown file: TOML between two lines of three plus signs."""

from __future__ import annotations

from dataclasses import dataclass

from nok.formats.folders import toml_table
from nok.formats.folders.files import MOST_TEXT, Place, SourceFiles
from nok.formats.folders.toml_table import TomlTable

_FENCE = "+++"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The fields of a file, the Markdown below them, and the line on which the Markdown begins."""

    fields: TomlTable
    body: str
    body_line: int


def read(files: SourceFiles, name: str, said_at: Place) -> FrontMatter | None:
    """Return the two parts of a file, or None when a problem was written down."""
    text = files.text(name, said_at, MOST_TEXT)
    if text is None:
        return None
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        files.blame(Place(name, 1), "The first line must be +++, with the fields below it and another +++ after them.")
        return None
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE), None)
    if end is None:
        files.blame(Place(name, 1), "The fields never end: write a second line +++ below them.")
        return None
    fields = toml_table.parse("\n".join(lines[1:end]), name, files, first_line=2)
    return FrontMatter(fields, "\n".join(lines[end + 1 :]), end + 2) if fields else None
