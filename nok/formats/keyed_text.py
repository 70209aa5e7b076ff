"""Plain text in parts that a teacher can write in any editor: a heading `## key`, and lines below it.

Lines that begin with two slashes are the writer's own and are not read. Questions and worksheets are such texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from nok.formats.problems import Problem, quoted

LONGEST_KEY = 80


@dataclass(slots=True)
class Part:
    """A heading's key and line, and the lines below it, each with its number and without spaces at its end."""

    key: str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)


def parts(text: str, file: str, example: str) -> tuple[list[Part], list[Problem]]:
    """Return the parts of a text, and a problem for each line before the first of them."""
    found: list[Part] = []
    problems: list[Problem] = []
    for number, raw in enumerate(_lines(text), start=1):
        line = raw.rstrip()
        if line.startswith("//"):
            continue
        if line.startswith("##") and not line.startswith("###"):
            found.append(Part(line[2:].strip(), number))
        elif found:
            found[-1].lines.append((number, line))
        elif line:
            problems.append(Problem(file, number, f"Begin each part with a line like ## {example}."))
    return found, problems


def repeated_keys(keyed: Iterable[tuple[str, int]], file: str) -> list[Problem]:
    """Say which keys, given with their lines, stand twice."""
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for key, line in keyed:
        if key in first:
            problems.append(Problem(file, line, f"{quoted(key)} also stands on line {first[key]}: change one."))
        first.setdefault(key, line)
    return problems


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
