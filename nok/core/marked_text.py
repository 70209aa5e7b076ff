"""Blocks of HTML with passages of their text in elements of their own, split at the edges of the elements there are."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from nok.core.reading_text import SPACE, of_html


@dataclass(frozen=True)
class Mark:
    """A passage, as characters of the text of all blocks (see `reading_text`), and its start tag."""

    start: int
    end: int
    tag: str


def marked(blocks: Sequence[str], marks: Sequence[Mark]) -> list[str]:
    """Return the blocks with every mark drawn as `<mark>`; marks may overlap, one outside draws nothing."""
    if not marks:
        return list(blocks)
    drawn, begins = [], 0
    layers = _Layers(marks)
    for html in blocks:
        length = len(of_html(html))
        drawn.append(_Drawer(layers, begins).drawn(html) if layers.touch(begins, begins + length) else html)
        begins += length + 1
    return drawn


class _Layers:
    """Which start tags stand around a character."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._edges = sorted({edge for mark in marks for edge in (mark.start, mark.end)})
        self._tags = [tuple(mark.tag for mark in marks if mark.start <= edge < mark.end) for edge in self._edges]

    def at(self, place: int) -> tuple[str, ...]:
        before = bisect_right(self._edges, place)
        return self._tags[before - 1] if before else ()

    def touch(self, start: int, end: int) -> bool:
        inside = self._edges[bisect_right(self._edges, start) : bisect_right(self._edges, end)]
        return bool(inside or self.at(start))


class _Drawer(HTMLParser):
    """Writes a block again; counts its characters as `reading_text` does."""

    def __init__(self, layers: _Layers, begins: int) -> None:
        super().__init__(convert_charrefs=True)
        self._layers, self._next, self._begins = layers, begins, begins
        self._spaced = False
        self._out: list[str] = []

    def drawn(self, html: str) -> str:
        self.feed(html)
        self.close()
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self._out.append(self.get_starttag_text() or "")

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        self._out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        for tags, letters in groupby(self._placed(data), key=lambda placed: placed[0]):
            text = "".join(letter for _tags, letter in letters)
            # White space alone may stand where no mark may, as between two items of a list.
            around = tags if text.strip() else ()
            self._out += [*around, escape(text, quote=False), "</mark>" * len(around)]

    def _placed(self, data: str) -> Iterator[tuple[tuple[str, ...], str]]:
        for letter in data:
            if letter in SPACE:
                yield self._layers.at(self._next), letter
                self._spaced = self._next > self._begins
                continue
            self._next += self._spaced
            self._spaced = False
            yield self._layers.at(self._next), letter
            self._next += 1
