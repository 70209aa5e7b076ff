"""Test questions in a plain text form that a teacher can write in any editor.

    // a comment
    ## q-target-layer
    The stem, in Markdown, on one or more lines.

    - ( ) a wrong choice
    - (x) the right choice
    > The explanation, shown when the attempt is over.

Round brackets make a single choice (exactly one right); square brackets a multiple choice (one or more
right).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from nok.formats import keyed_text
from nok.formats.keyed_text import LONGEST_KEY
from nok.formats.problems import FolderProblems, Problem, quoted

Kind = Literal["single", "multiple"]

_KEY = re.compile(r"q(?:-[a-z0-9]+)+")
_CHOICE = re.compile(r"-[ \t]+(?:\(([^()]?)\)|\[([^\[\]]?)\])(?:[ \t]+(.*))?")
_FEWEST_CHOICES = 2


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer a learner may tick; `text` is one line of Markdown."""

    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `line` is where its heading stands in the file. `stem` and `explanation` are Markdown."""

    key: str
    kind: Kind
    stem: str
    choices: tuple[Choice, ...]
    explanation: str
    line: int


@dataclass(slots=True)
class _Draft:
    """A question while its lines are being read."""

    key: str
    line: int
    stem: list[str] = field(default_factory=list)
    choices: list[tuple[int, Kind, Choice]] = field(default_factory=list)
    explanation: list[str] = field(default_factory=list)


def parse(text: str, file: str) -> tuple[Question, ...]:
    """Return the questions in the order of the file; raise FolderProblems with all that is wrong in it."""
    parts, problems = keyed_text.parts(text, file, "q-target-layer")
    questions: list[Question] = []
    for part in parts:
        draft = _Draft(part.key, part.line)
        for number, line in part.lines:
            if message := _add(draft, line, number):
                problems.append(Problem(file, number, message))
        questions.append(_question(draft, file, problems))
    problems.extend(keyed_text.repeated_keys(((question.key, question.line) for question in questions), file))
    if not questions and not problems:
        problems.append(Problem(file, 0, "There is no question in this file: write at least one."))
    if problems:
        raise FolderProblems(problems)
    return tuple(questions)


def write(questions: Iterable[Question]) -> str:
    """Return the text form; `parse` reads it back to the same questions (but for their line numbers)."""
    return "\n".join(_written(question) for question in questions)


def _written(question: Question) -> str:
    opening, closing = "()" if question.kind == "single" else "[]"
    marks = [f"- {opening}{'x' if choice.right else ' '}{closing} {choice.text}" for choice in question.choices]
    explained = [f"> {line}".rstrip() for line in question.explanation.split("\n")] if question.explanation else []
    return "\n".join([f"## {question.key}", question.stem, "", *marks, *explained, ""])


def _add(draft: _Draft, line: str, number: int) -> str:
    """Put one line where it belongs; return what is wrong with it, or nothing."""
    match = _CHOICE.fullmatch(line)
    if match:
        return _add_choice(draft, match, number)
    if line.startswith(">"):
        if not draft.choices:
            return "The explanation comes after the choices: move this line below them."
        draft.explanation.append(line[1:].strip())
    elif not draft.choices:
        draft.stem.append(line)
    elif line.startswith("-"):
        return "A choice begins with - ( ) or - (x), or with - [ ] or - [x] where several may be right."
    elif line.strip():
        return "Only an explanation follows the choices: begin the line with >, or keep a choice on one line."
    return ""


def _add_choice(draft: _Draft, match: re.Match[str], number: int) -> str:
    round_mark, square_mark, text = match.groups()
    mark = square_mark if round_mark is None else round_mark
    if draft.explanation:
        return "The explanation comes after all choices: move this choice above it."
    if mark not in ("", " ", "x", "X"):
        return f"Mark a right choice with x and leave a wrong one empty; here stands {quoted(mark)}."
    if not (text or "").strip():
        return "This choice has no words: write them after the brackets."
    kind: Kind = "multiple" if round_mark is None else "single"
    draft.choices.append((number, kind, Choice(text.strip(), mark in ("x", "X"))))
    return ""


def _question(draft: _Draft, file: str, problems: list[Problem]) -> Question:
    choices = tuple(choice for _, _, choice in draft.choices)
    kind = draft.choices[0][1] if draft.choices else "single"
    stem = "\n".join(draft.stem).strip("\n")
    if not _KEY.fullmatch(draft.key) or len(draft.key) > LONGEST_KEY:
        message = (
            f"{quoted(draft.key)} cannot name a question: use q- and small letters, digits, hyphens, "
            f"at most {LONGEST_KEY} characters."
        )
        problems.append(Problem(file, draft.line, message))
    if not stem.strip():
        problems.append(Problem(file, draft.line, "This question has no stem: write it below the heading."))
    problems.extend(Problem(file, line, message) for line, message in _choice_faults(draft, kind))
    return Question(draft.key, kind, stem, choices, "\n".join(draft.explanation).strip("\n"), draft.line)


def _choice_faults(draft: _Draft, kind: Kind) -> list[tuple[int, str]]:
    faults: list[tuple[int, str]] = []
    right = sum(choice.right for _, _, choice in draft.choices)
    if len(draft.choices) < _FEWEST_CHOICES:
        faults.append((draft.line, "A question needs two or more choices, each like - ( ) words."))
    elif kind == "single" and right != 1:
        faults.append((draft.line, f"A question with ( ) has exactly one right choice, not {right}."))
    elif right == 0:
        faults.append((draft.line, "No choice is marked right: put an x into the brackets of at least one."))
    seen: set[str] = set()
    for line, this_kind, choice in draft.choices:
        if this_kind != kind:
            faults.append((line, "Use ( ) for all choices of a question or [ ] for all of them, not both."))
        if choice.text in seen:
            faults.append((line, "The same choice stands here twice: change or delete one."))
        seen.add(choice.text)
    return faults
