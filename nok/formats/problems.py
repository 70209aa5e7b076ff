"""What is wrong in a file that a person wrote, said so that the person can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_PROBLEMS_SHOWN = 200
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. `file` is relative to the folder; `line` counts from 1, 0 means the whole file."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{_visible(place)}: {self.message}"  # a file may be called anything, also two lines


class FolderProblems(Exception):
    """Everything found wrong in one reading, in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:MOST_PROBLEMS_SHOWN]]
        if (more := len(self.problems) - len(lines)) > 0:
            lines.append(f"... and {more} more.")
        return "\n".join(lines)


def quoted(value: object) -> str:
    """Return what a file says, fit for a message: short, on one line, nothing invisible left invisible."""
    text = str(value)
    if len(text) > _LONGEST_QUOTE:
        text = text[: _LONGEST_QUOTE - 1] + "…"
    return f'"{_visible(text)}"'


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
