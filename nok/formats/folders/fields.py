"""Fields that courses and articles have in common."""

from __future__ import annotations

from collections.abc import Iterator

from nok.formats.folders.sources import ReferenceSource
from nok.formats.folders.toml_table import TomlTable
from nok.formats.problems import quoted

_LONGEST_REFERENCE = 600


def references(table: TomlTable) -> tuple[ReferenceSource, ...]:
    """Return the works named under [[references]]."""
    return tuple(_references(table))


def _references(table: TomlTable) -> Iterator[ReferenceSource]:
    for entry in table.tables("references"):
        url = entry.text("url", _LONGEST_REFERENCE, default="")
        if url and not url.startswith(("https://", "http://")):
            entry.blame("url", f"url: {quoted(url)} is not a web address: begin it with https://")
        yield ReferenceSource(entry.text("text", _LONGEST_REFERENCE), url)
        entry.close()
