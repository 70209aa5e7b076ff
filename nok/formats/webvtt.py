"""WebVTT captions to cues, for the player's track and for the transcript beside it.

Read after the W3C recommendation "WebVTT: The Web Video Text Tracks Format". Styling and regions are skipped;
markup inside a cue is taken off, because a transcript is plain text that a person can select.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Container
from dataclasses import dataclass

from nok.formats.problems import FolderProblems, Problem, quoted

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+\S.*)?[ \t]*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_TAG = re.compile(r"<[^<>]*>")
_NOT_CUES = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class Cue:
    """One caption. Times are milliseconds from the start of the video; `key` is unique in the file."""

    key: str
    start_ms: int
    end_ms: int
    text: str


class _BadCueError(Exception):
    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line, self.message = line, message


@dataclass(frozen=True, slots=True)
class _Part:
    """Lines between two blank lines; `line` is the number of the first."""

    line: int
    lines: list[str]


def parse(text: str, file: str) -> tuple[Cue, ...]:
    """Return the cues in the order of the file; raise FolderProblems with every bad line.

    A cue without an identifier gets a key from its words, so that a shift in time does not change it.
    """
    parts = _parts(text)
    problems: list[Problem] = []
    if not parts or not re.fullmatch(r"WEBVTT(?:[ \t].*)?", parts[0].lines[0]):
        problems.append(Problem(file, 1, "Captions must begin with the line WEBVTT."))
    else:
        parts = parts[1:]
    cues: dict[str, Cue] = {}
    latest = 0
    for part in parts:
        if part.lines[0].split(maxsplit=1)[0] in _NOT_CUES:
            continue
        try:
            cue = _cue(part, cues.keys(), latest)
        except _BadCueError as error:
            problems.append(Problem(file, error.line, error.message))
        else:
            cues[cue.key], latest = cue, cue.start_ms
    if not cues and not problems:
        problems.append(Problem(file, 0, "There is no caption in this file: write at least one cue."))
    if problems:
        raise FolderProblems(problems)
    return tuple(cues.values())


def _parts(text: str) -> list[_Part]:
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts: list[_Part] = []
    open_part: _Part | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            open_part = None
        elif open_part is None:
            open_part = _Part(number, [line])
            parts.append(open_part)
        else:
            open_part.lines.append(line)
    return parts


def _cue(part: _Part, taken: Container[str], latest: int) -> Cue:
    named = "-->" not in part.lines[0]
    line = part.line + named
    if named and (len(part.lines) == 1 or "-->" not in part.lines[1]):
        raise _BadCueError(part.line, "A time line is missing here, like 00:01.000 --> 00:04.500.")
    start, end = _times(part.lines[named], line, latest)
    words = part.lines[named + 1 :]
    for offset, word_line in enumerate(words, start=1):
        if "-->" in word_line:
            raise _BadCueError(line + offset, "Leave a blank line between two captions.")
    spoken = _plain(words)
    if not spoken:
        raise _BadCueError(line, "This caption has no words: write some below the time line, or delete it.")
    identifier = part.lines[0].strip() if named else ""
    if identifier in taken:
        raise _BadCueError(part.line, f"The identifier {quoted(identifier)} is used twice: change one.")
    return Cue(_key(identifier, spoken, taken), start, end, spoken)


def _times(timing: str, line: int, latest: int) -> tuple[int, int]:
    match = _TIMING.fullmatch(timing.strip())
    if match is None:
        raise _BadCueError(line, _timing_advice(timing))
    start, end = _milliseconds(match.groups()[:4]), _milliseconds(match.groups()[4:])
    if end <= start:
        raise _BadCueError(line, "This caption ends before it begins: make the second time the later one.")
    if start < latest:
        raise _BadCueError(line, "This caption begins before the one above it: put them in the order of time.")
    return start, end


def _timing_advice(timing: str) -> str:
    if re.search(r"\d,\d{3}", timing):
        return "Write a point, not a comma, before the milliseconds, like 00:01.000 --> 00:04.500."
    return f"{quoted(timing.strip())} is not a time line: write it like 00:01.000 --> 00:04.500."


def _milliseconds(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def _plain(lines: list[str]) -> str:
    """Take off tags, resolve entities, and bring the lines of one caption together."""
    return " ".join(html.unescape(_TAG.sub("", " ".join(lines))).split())


def _key(identifier: str, spoken: str, taken: Container[str]) -> str:
    if _KEY.fullmatch(identifier):
        return identifier
    stem = "c-" + hashlib.sha256(spoken.encode()).hexdigest()[:8]
    key, count = stem, 1
    while key in taken:
        count += 1
        key = f"{stem}-{count}"
    return key
