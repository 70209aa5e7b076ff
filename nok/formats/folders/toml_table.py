"""TOML read with care: every key is asked for by its type, and what nobody asked for is a problem."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from nok.formats.folders.files import Place, SourceFiles, unclean
from nok.formats.folders.toml_lines import Path, TomlLines
from nok.formats.problems import Problem, quoted

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LONGEST_SLUG = 80
_WHERE = re.compile(r"^(.*?)\s*\(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


def parse(text: str, file: str, files: SourceFiles, first_line: int = 1) -> TomlTable | None:
    """Return the outermost table of a TOML text that begins on line `first_line` of the file."""
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        files.problems.append(_syntax_problem(str(error), text, file, first_line))
        return None
    return TomlTable(values, file, files, TomlLines(text, first_line), ())


def _syntax_problem(message: str, text: str, file: str, first_line: int) -> Problem:
    match = _WHERE.match(message)
    reason, line, column = match.groups() if match else (message, None, None)
    if line is None:
        return Problem(file, text.count("\n") + first_line, f"This is not TOML: {reason}. Look at the end of the file.")
    return Problem(file, int(line) + first_line - 1, f"This is not TOML: {reason}. Look at column {column}.")


class TomlTable:
    """One table of a TOML file. Reading a key marks it as known; `close` reports the keys never asked for."""

    def __init__(self, values: dict[str, Any], file: str, files: SourceFiles, lines: TomlLines, path: Path) -> None:
        self._values, self._lines, self._path = values, lines, path
        self._known: set[str] = set()
        self.file, self.files = file, files

    def place(self, key: str = "", value: str = "") -> Place:
        """Return where a key (or a string in its value) stands."""
        path = (*self._path, key) if key else self._path
        return Place(self.file, self._lines.line_of_value(path, value) if value else self._lines.line(path))

    def blame(self, key: str, message: str, value: str = "") -> None:
        """Write down a problem at a key."""
        self.files.blame(self.place(key, value), message)

    def has(self, key: str) -> bool:
        """Tell whether the key stands in the table."""
        return key in self._values

    def text(self, key: str, longest: int = 200, default: str | None = None) -> str:
        """Return a string of one line; without `default` the key must be there and not be empty."""
        value = self._value(key, default)
        if not isinstance(value, str):
            self._wrong_type(key, value, f'text in quotes, like {key} = "…"')
            return ""
        if fault := _text_fault(value, longest, must=default is None):
            self.blame(key, f"{key}: {fault}")
            return ""
        return value.strip()

    def matching(
        self, key: str, form: re.Pattern[str], advice: str, default: str | None = None, longest: int = 200
    ) -> str:
        """Return a string that has the given form."""
        value = self.text(key, longest, default)
        if value and not form.fullmatch(value):
            self.blame(key, f"{key}: {quoted(value)} does not do. {advice}")
        return value

    def slug(self, key: str) -> str:
        """Return a slug: small letters, digits and single hyphens."""
        value = self.matching(key, SLUG, f"Use small letters, digits and hyphens, at most {LONGEST_SLUG}.")
        if len(value) > LONGEST_SLUG:
            self.blame(key, f"{key}: this name has {len(value)} characters, at most {LONGEST_SLUG} fit: shorten it.")
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; without the key, false."""
        value = self._value(key, False)
        if not isinstance(value, bool):
            self._wrong_type(key, value, f"{key} = true or {key} = false")
            return False
        return value

    def texts(self, key: str, longest: int = 300, fewest: int = 0) -> tuple[str, ...]:
        """Return a list of strings without repetitions."""
        value = self._value(key, [] if fewest == 0 else None)
        if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
            self._wrong_type(key, value, f'a list of texts in quotes, like {key} = ["…", "…"]')
            return ()
        for number, item in enumerate(value):
            if fault := _text_fault(item, longest, must=True):
                self.blame(key, f"{key}: {fault}", item)
            elif item in value[:number]:
                self.blame(key, f"{key}: {quoted(item)} stands here twice: delete one.", item)
        if len(value) < fewest:
            self.blame(key, f"{key}: write at least {fewest}.")
        return tuple(item.strip() for item in value)

    def integer(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """Return a whole number within bounds."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self._wrong_type(key, value, f"a whole number, like {key} = {max(least, 1)}")
            return least
        if not least <= value <= most:
            self.blame(key, f"{key}: {quoted(value)} does not do. Write a number from {least} to {most}.")
            return least
        return value

    def decimal(self, key: str, least: str, most: str, default: str | None = None) -> Decimal:
        """Return a number within bounds, exactly as it was written."""
        value = self._value(key, None if default is None else Decimal(default))
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            self._wrong_type(key, value, f"a number, like {key} = {least}")
            return Decimal(least)
        number = Decimal(value)
        if not number.is_finite() or not Decimal(least) <= number <= Decimal(most):
            self.blame(key, f"{key}: {quoted(value)} does not do. Write a number from {least} to {most}.")
            return Decimal(least)
        return number

    def day(self, key: str) -> date:
        """Return a date."""
        value = self._value(key, None)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._wrong_type(key, value, f"a date without quotes, like {key} = 2026-01-31")
            return date.min
        return value

    def table(self, key: str) -> TomlTable:
        """Return a table inside this one; an absent one is empty."""
        value = self._value(key, {})
        if not isinstance(value, dict):
            self._wrong_type(key, value, f"a table: write a line [{key}] and its keys below it")
            value = {}
        return TomlTable(value, self.file, self.files, self._lines, (*self._path, key))

    def tables(self, key: str) -> Iterator[TomlTable]:
        """Return the tables of a list of tables; an absent list is empty."""
        value = self._value(key, [])
        if not isinstance(value, list) or any(not isinstance(item, dict) for item in value):
            self._wrong_type(key, value, f"a list of tables: write a line [[{key}]] and its keys below it")
            value = []
        for number, item in enumerate(value):
            yield TomlTable(item, self.file, self.files, self._lines, (*self._path, key, number))

    def ignore(self, *keys: str) -> None:
        """Mark keys as known without reading them."""
        self._known.update(keys)

    def close(self) -> None:
        """Report every key that was never asked for, with the nearest known one."""
        for key in self._values.keys() - self._known:
            near = difflib.get_close_matches(key, self._known - self._values.keys(), n=1, cutoff=0.6)
            advice = f"did you mean {near[0]}?" if near else "known are " + ", ".join(sorted(self._known)) + "."
            self.blame(key, f"{quoted(key)} is not a known key: {advice}")

    def _value(self, key: str, default: object) -> object:
        self._known.add(key)
        return self._values.get(key, default)

    def _wrong_type(self, key: str, value: object, wanted: str) -> None:
        if value is None:
            self.blame(key, f"{key} is missing: write {wanted}.")
        else:
            self.blame(key, f"{key}: write {wanted}.")


def _text_fault(value: str, longest: int, *, must: bool) -> str:
    if must and not value.strip():
        return "this text is empty: write something."
    if len(value) > longest:
        return f"this text has {len(value):,} characters, at most {longest} fit: shorten it."
    if "\n" in value or "\t" in value:
        return "write this text on one line."
    return unclean(value)
