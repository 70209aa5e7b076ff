"""Where a key stands in a TOML text: `tomllib` gives values without lines, and a problem needs one."""

from __future__ import annotations

import re

Path = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[|\[)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*(?:=|\.)")
_MULTILINE = re.compile(r'"""|\'\'\'')


class TomlLines:
    """An index of the keys of a text, by their path such as `("sections", 1, "lessons")`, to line numbers."""

    def __init__(self, text: str, first_line: int = 1) -> None:
        self._text = text.split("\n")
        self._first = first_line
        self._index: dict[Path, int] = {}
        self._scan()

    def line(self, path: Path) -> int:
        """Return the line of a key, else of the nearest table around it, else the first line."""
        while path:
            if path in self._index:
                return self._index[path] + self._first
            path = path[:-1]
        return self._first

    def line_of_value(self, path: Path, value: str) -> int:
        """Return the line on which a string stands in the value of a key."""
        begin = self.line(path)
        for number in range(begin - self._first, len(self._text)):
            line = self._text[number]
            if number > begin - self._first and _HEADER.fullmatch(line):
                break
            if f'"{value}"' in line or f"'{value}'" in line:
                return number + self._first
        return begin

    def _scan(self) -> None:
        table: Path = ()
        counts: dict[Path, int] = {}
        inside = ""
        for number, line in enumerate(self._text):
            if inside:
                inside = "" if inside in line else inside
                continue
            header = _HEADER.fullmatch(line)
            if header and "=" not in header[2]:
                table = tuple(part.strip().strip("\"'") for part in header[2].split("."))
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = (*table, counts[table])
                self._index.setdefault(table, number)
            elif key := _KEY.match(line):
                self._index.setdefault((*table, key[1].strip("\"'")), number)
            marks = _MULTILINE.findall(line)
            inside = marks[0] if len(marks) == 1 else ""
