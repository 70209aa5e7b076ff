"""TOML written down, as `toml_table` reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from nok.formats.folders.sources import ReferenceSource

Value = str | bool | int | Decimal | date


def line(key: str, value: Value) -> str:
    """Return a line with a key and its value."""
    return f"{key} = {_value(value)}\n"


def array(key: str, values: Iterable[str]) -> str:
    """Return a list of texts, one on a line; nothing for an empty one."""
    items = "".join(f"  {_value(value)},\n" for value in values)
    return f"{key} = [\n{items}]\n" if items else ""


def inline_tables(key: str, tables: Iterable[Mapping[str, str]]) -> str:
    """Return a list of small tables, one on a line."""
    rows = [", ".join(f"{name} = {_value(value)}" for name, value in each.items()) for each in tables]
    return f"{key} = [\n" + "".join(f"  {{ {row} }},\n" for row in rows) + "]\n"


def table(header: str, *lines: str) -> str:
    """Return a table below its header, after a blank line."""
    return f"\n{header}\n" + "".join(lines)


def front_matter(lines: Iterable[str]) -> str:
    """Return the head of a Markdown file."""
    return "+++\n" + "".join(lines) + "+++\n"


def references(cited: Iterable[ReferenceSource]) -> str:
    """Return the works that a text rests on."""
    return "".join(
        table("[[references]]", line("text", one.text), line("url", one.url) if one.url else "") for one in cited
    )


def _value(value: Value) -> str:
    """Return a value; what a clean text needs escaped in JSON is what it needs escaped in TOML, and the same way."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
