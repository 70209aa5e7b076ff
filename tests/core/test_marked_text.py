"""Passages drawn into HTML: the very characters that were counted, and HTML that is well made."""

import random
import re

import pytest

from nok.core.marked_text import Mark, marked
from nok.core.reading_text import of_blocks
from tests.annotations.texts import html_blocks

BLOCKS = [
    "<p>Press  for <em>two\n minutes</em> &amp; rest.</p>",
    "<ul>\n<li>One &lt;b&gt;</li>\n<li>𠮷野家</li>\n</ul>",
]


def draw(start: int, end: int) -> str:
    return "\n".join(marked(BLOCKS, [Mark(start, end, "<mark>")]))


def said(html: str) -> str:
    """Return the text within marks."""
    return of_blocks(["".join(re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL))])


@pytest.mark.parametrize("quote", ["Press", "for two", "two minutes & rest", "rest.\nOne <b>", "𠮷野", "<b> 𠮷"])
def test_what_is_marked_is_what_was_counted(quote: str) -> None:
    text = of_blocks(BLOCKS)
    start = text.index(quote)
    html = draw(start, start + len(quote))
    assert "".join(said(html).split()) == "".join(quote.split())
    assert of_blocks(html.split("\n<ul>")[:1]) == of_blocks(BLOCKS[:1]), "the text stays what it was"


def test_a_mark_never_stands_where_only_items_may() -> None:
    assert "<ul>\n<li><mark>" in draw(0, 99)
    assert "</mark></li>\n<li>" in draw(0, 99)


def test_overlapping_marks_stand_within_each_other() -> None:
    html = marked(["<p>abcdef</p>"], [Mark(0, 4, '<mark id="a">'), Mark(2, 6, '<mark id="b">')])
    assert html == ['<p><mark id="a">ab</mark><mark id="a"><mark id="b">cd</mark></mark><mark id="b">ef</mark></p>']


@pytest.mark.parametrize(("start", "end"), [(900, 950), (0, 0), (5, 5)])
def test_a_mark_outside_the_text_draws_nothing(start: int, end: int) -> None:
    assert marked(BLOCKS, [Mark(start, end, "<mark>")]) == BLOCKS


@pytest.mark.parametrize("seed", range(5))
def test_any_passage_of_the_demo(seed: int) -> None:
    chance = random.Random(seed)
    for blocks in html_blocks():
        text = of_blocks(blocks)
        start = chance.randrange(len(text) - 1)
        end = min(len(text), start + chance.randint(1, 300))
        html = marked(blocks, [Mark(start, end, "<mark>")])
        assert of_blocks(html) == text
        assert "".join(said("\n".join(html)).split()) == "".join(text[start:end].split())
