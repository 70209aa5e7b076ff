"""Worksheet prompts in a plain text form that a teacher can write in any editor.

    // a comment
    ## w-first-visit
    The task, in Markdown, on one or more lines.
    > at least 60 words

The last line is optional; without it any answer is long enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nok.formats import keyed_text
from nok.formats.keyed_text import LONGEST_KEY, Part
from nok.formats.problems import FolderProblems, Problem, quoted

MOST_LEAST_WORDS = 5_000

_KEY = re.compile(r"w(?:-[a-z0-9]+)+")
_LEAST = re.compile(r">[ \t]*at least[ \t]+([0-9]{1,6})[ \t]+words?\.?")
_ALIKE = re.compile(r">[ \t]*at least\b.*\bwords?\b.*")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One task; `line` is where its heading stands in the file. `text` is Markdown, `least_words` 0 asks for any."""

    key: str
    text: str
    least_words: int
    line: int


def parse(text: str, file: str) -> tuple[Prompt, ...]:
    """Return the prompts in the order of the file; raise FolderProblems with all that is wrong in it."""
    parts, problems = keyed_text.parts(text, file, "w-first-visit")
    prompts = [_prompt(part, file, problems) for part in parts]
    problems.extend(keyed_text.repeated_keys(((prompt.key, prompt.line) for prompt in prompts), file))
    if not prompts and not problems:
        problems.append(Problem(file, 0, "There is no task in this file: write at least one."))
    if problems:
        raise FolderProblems(problems)
    return tuple(prompts)


def write(prompts: Iterable[Prompt]) -> str:
    """Return the text form; `parse` reads it back to the same prompts (but for their line numbers)."""
    return "\n".join(_written(prompt) for prompt in prompts)


def _written(prompt: Prompt) -> str:
    least = [f"> at least {prompt.least_words} words"] if prompt.least_words else []
    return "\n".join([f"## {prompt.key}", prompt.text, *least, ""])


def _prompt(part: Part, file: str, problems: list[Problem]) -> Prompt:
    if not _KEY.fullmatch(part.key) or len(part.key) > LONGEST_KEY:
        message = (
            f"{quoted(part.key)} cannot name a task: use w- and small letters, digits, hyphens, "
            f"at most {LONGEST_KEY} characters."
        )
        problems.append(Problem(file, part.line, message))
    lines = list(part.lines)
    while lines and not lines[-1][1]:
        lines.pop()
    least = 0
    if lines and _ALIKE.fullmatch(lines[-1][1]):
        number, line = lines.pop()
        least = _least_words(line, number, file, problems)
    early = [number for number, line in lines if _LEAST.fullmatch(line)]
    problems.extend(Problem(file, number, "This line comes last in a task: move it down.") for number in early)
    text = "\n".join(line for _, line in lines).strip("\n")
    if not text:
        problems.append(Problem(file, part.line, "This task has no words: write them below the heading."))
    return Prompt(part.key, text, least, part.line)


def _least_words(line: str, number: int, file: str, problems: list[Problem]) -> int:
    match = _LEAST.fullmatch(line)
    least = int(match[1]) if match else 0
    if not 1 <= least <= MOST_LEAST_WORDS:
        message = f"{quoted(line)} does not do. Write > at least N words, with N from 1 to {MOST_LEAST_WORDS:,}."
        problems.append(Problem(file, number, message))
    return least
