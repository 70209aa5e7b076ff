"""The demo's drawings look the same wherever they are opened."""

import re
from pathlib import Path

import pytest

from nok.cli import demonstration

DRAWINGS = sorted(demonstration.FOLDER.rglob("pictures/*.svg"))


@pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
def test_words_keep_their_width_in_any_font(path: Path) -> None:
    """A picture brings no font of its own; in a wide one, words would run over others and out of the frame."""
    words = re.findall(r"<text\b[^>]*>(?!<)", path.read_text("utf-8"))
    assert [word for word in words if "textLength" not in word] == [], 'give them a textLength="..."'
