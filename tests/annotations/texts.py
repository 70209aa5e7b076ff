"""Texts to highlight: the demo's own articles and lessons, as their readers see them."""

from functools import cache
from pathlib import Path

from nok.cli import demonstration
from nok.core import markup, reading_text
from nok.formats import article_folder, course_folder


@cache
def html_blocks() -> list[list[str]]:
    """Return the blocks of every article and of every lesson of the demo that has much of it, as HTML."""
    articles = [article_folder.read(path).blocks for path in _folders("articles")]
    lessons = [
        lesson.blocks
        for path in _folders("courses")
        for section in course_folder.read(path).sections
        for lesson in section.lessons
        if len(lesson.blocks) >= 6
    ]
    return [[markup.to_html(block.markdown) for block in blocks] for blocks in [*articles, *lessons]]


@cache
def english_texts() -> list[str]:
    """Return their text."""
    return [reading_text.of_blocks(blocks) for blocks in html_blocks()]


def _folders(kind: str) -> list[Path]:
    return sorted(path for path in (demonstration.FOLDER / kind).iterdir() if path.is_dir())
