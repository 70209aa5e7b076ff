"""The text that a reader selects from: what a browser finds in a block's HTML, with its white space made alike.

The page's script reads the same blocks by the same rule (`static/js/annotations/text.js`), so that a character's number
means the same on both sides. Numbers count code points, as the W3C Web Annotation Data Model has it.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

SPACE = " \t\n\r\f"
"""What HTML takes for white space; a no-break space is a character."""
_SPACE = re.compile(f"[{SPACE}]+")


def of_html(html: str) -> str:
    """Return the text of a block."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _alike("".join(reader.found))


def of_blocks(html: Iterable[str]) -> str:
    """Return the text of many blocks, each on a line of its own."""
    return "\n".join(map(of_html, html))


def of_lines(texts: Iterable[str]) -> str:
    """Return the text of blocks that are plain words, each on a line of its own."""
    return "\n".join(map(_alike, texts))


def _alike(text: str) -> str:
    return _SPACE.sub(" ", text).strip(" ")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        self.found.append(data)
