"""Texts to highlight: the demo's own articles and lessons, as their readers see them."""

from functools import cache
from pathlib import Path

from nok.cli import demonstration
from nok.core import markup, reading_text
from nok.formats import article_folder, course_folder


@cache
def english_texts() -> list[str]:
    """Return the text of every article and of every lesson of the demo that has much of it."""
    articles = [article_folder.read(path).blocks for path in _folders("articles")]
    lessons = [
        lesson.blocks
        for path in _folders("courses")
        for section in course_folder.read(path).sections
        for lesson in section.lessons
        if len(lesson.blocks) >= 6
    ]
    return [
        reading_text.of_blocks(markup.to_html(block.markdown) for block in blocks) for blocks in [*articles, *lessons]
    ]


def _folders(kind: str) -> list[Path]:
    return sorted(path for path in (demonstration.FOLDER / kind).iterdir() if path.is_dir())
