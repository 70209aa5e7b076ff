"""Fields in front of a plain Markdown file: `key: value` between lines `---`, or TOML between lines `+++`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

from nok.formats.folders.toml_lines import TomlLines
from nok.formats.problems import Problem, quoted

LONGEST_TITLE = 140
MOST_MINUTES = 600
_YAML_LINE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?")
_TRUE = ("true", "yes")


@dataclass(slots=True)
class PlainFrontMatter:
    """What is read of the fields, and the text below them, whose first line is line `first_line` of the file."""

    lines: list[str]
    first_line: int
    title: str = ""
    summary: str = ""
    minutes: int = 0
    draft: bool = False


def read(text: str, file: str, notes: list[Problem]) -> PlainFrontMatter:
    """Return the two parts of a file; a field that nothing is made of is noted."""
    lines = text.split("\n")
    fence = lines[0].rstrip()
    end = (
        next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == fence), 0) if fence in ("---", "+++") else 0
    )
    if not end:
        return PlainFrontMatter(lines, 1)
    front = PlainFrontMatter(lines[end + 1 :], end + 2)
    fields = _yaml(lines[1:end], file, notes) if fence == "---" else _toml("\n".join(lines[1:end]), file, notes)
    for key, value, line in fields:
        if not _take(front, key, " ".join(value.split())):
            notes.append(Problem(file, line, f"The field {quoted(key)} is left out."))
    return front


def _take(front: PlainFrontMatter, key: str, value: str) -> bool:
    """Put a field where it belongs; tell whether it was of use."""
    if key == "title" and value:
        front.title = value[:LONGEST_TITLE]
    elif key in ("summary", "description"):
        front.summary = value
    elif key == "minutes" and value.isascii() and value.isdigit() and 1 <= int(value[:4]) <= MOST_MINUTES:
        front.minutes = int(value[:4])
    elif key == "draft":
        front.draft = value.lower() in _TRUE
    else:
        return False
    return True


def _yaml(lines: list[str], file: str, notes: list[Problem]) -> Iterator[tuple[str, str, int]]:
    for number, line in enumerate(lines, start=2):
        match = _YAML_LINE.fullmatch(line.rstrip())
        if match:
            yield match[1].lower(), _unquoted((match[2] or "").strip()), number
        elif line.strip() and not line.lstrip().startswith("#"):
            notes.append(Problem(file, number, "This line of the fields is left out: only key: value is read."))


def _toml(text: str, file: str, notes: list[Problem]) -> Iterator[tuple[str, str, int]]:
    try:
        fields = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        notes.append(Problem(file, 1, f"The fields are left out: they are not TOML ({error})."))
        return
    lines = TomlLines(text, first_line=2)
    for key, value in fields.items():
        simple = isinstance(value, str | int | float)
        yield key.lower(), str(value).strip() if simple else "", lines.line((key,))


def _unquoted(value: str) -> str:
    for mark in ('"', "'"):
        if len(value) > 1 and value[0] == value[-1] == mark:
            return value[1:-1]
    return value
