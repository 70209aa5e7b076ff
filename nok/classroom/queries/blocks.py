"""The text of a lesson, as pages show it."""

from dataclasses import dataclass

from nok.courses import queries as courses


@dataclass(frozen=True)
class BlockView:
    """A block of text; `kind` is markdown, heading, picture or the word of a callout."""

    key: str
    kind: str
    html: str


def block_views(lesson_id: int) -> tuple[BlockView, ...]:
    """Return the blocks of a lesson in order; one statement."""
    return tuple(BlockView(block.key, block.kind, block.html) for block in courses.blocks(lesson_id))
