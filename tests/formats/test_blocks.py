from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.formats import blocks
from nok.formats.blocks import Block
from nok.formats.problems import FolderProblems

LINES = st.sampled_from(
    [
        "",
        "words",
        "# Title",
        "Title\n---",
        "- one",
        "  - two",
        "1. first",
        "> said",
        "> [!pearl]",
        "```",
        "```\ncode\n```",
        "    code",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "***",
        "{#b-00000001}",
        "{#b-00000002}",
        " {#b-00000003}",
        "![alt](pictures/a.svg)",
        "[a]: https://example.org",
        "足三里 *Zú Sān Lǐ*",
        "\\",
        "<div>",
        "&nbsp;",
    ]
)


def bare(found: tuple[Block, ...]) -> list[tuple[str | None, str, str]]:
    return [(block.key, block.kind, block.markdown) for block in found]


@given(st.lists(LINES, max_size=12).map("\n".join) | st.text(alphabet="ab #>-*`[]()!{}|\n\t1.b=~_", max_size=80))
def test_what_is_written_is_read_back_the_same(text: str) -> None:
    try:
        first = blocks.split(text, "a.md")
    except FolderProblems as error:
        told = error.problems
    else:
        assert bare(blocks.split(blocks.join(first), "a.md")) == bare(first)
        return
    assert all(problem.line > 0 for problem in told)


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_ids_given_on_import_do_not_change_the_blocks(text: str) -> None:
    try:
        first = blocks.split(text, "a.md")
    except FolderProblems:
        return
    named = [Block(f"b-{n:08d}", block.kind, block.markdown, block.line) for n, block in enumerate(first)]
    assert bare(blocks.split(blocks.join(named), "a.md")) == bare(tuple(named))


def test_every_word_stands_in_a_block_with_the_line_it_begins_on() -> None:
    text = "# One\n\ntwo\ntwo\n\n- three\n- three\n{#b-00000001}\n\n| four |\n|---|\n"
    found = blocks.split(text, "a.md", first_line=10)
    assert [(block.line, block.kind) for block in found] == [
        (10, "heading"),
        (12, "markdown"),
        (15, "markdown"),
        (19, "markdown"),
    ]
    assert found[2].key == "b-00000001"
    assert found[2].markdown == "- three\n- three"


def test_an_id_inside_code_is_code() -> None:
    (block,) = blocks.split("```\n{#b-00000001}\n```\n", "a.md")
    assert block.key is None
    assert "{#b-00000001}" in block.markdown


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("{#b-00000001}\n", 1, "follows no block"),
        ("words\n{#b-00000001}\n{#b-00000002}\n", 3, "follows no block"),
        ("words\n{#b-00000001}\n\nmore\n{#b-00000001}\n", 4, "line 1"),
        ("words\n{#intro}\n", 2, "not a block id"),
        ("```\nnever closed\n", 1, "never ends"),
        ("> [!warning]\n> Words\n", 1, "[!caution]"),
        ("> [!caution] Words\n", 1, "alone on its line"),
        ("[a][1]\n\n[1]: https://example.org\n", 3, "inside the link"),
    ],
)
def test_what_could_not_be_kept_is_refused(text: str, line: int, message: str) -> None:
    with pytest.raises(FolderProblems) as told:
        blocks.split(text, "a.md")
    assert [(p.line, message in p.message) for p in told.value.problems] == [(line, True)]


def test_pictures_are_found_with_alt_text_caption_and_line() -> None:
    (block,) = blocks.split('words\nand ![A *layer*](pictures/a.svg "Drawn")\n', "a.md", first_line=5)
    (picture,) = blocks.pictures(block)
    assert (picture.source, picture.alt, picture.caption, picture.line) == (
        "pictures/a.svg",
        "A layer",
        "Drawn",
        6,
    )


def test_plain_text_keeps_the_words_alone() -> None:
    assert blocks.plain_text("**Bold** [link](https://example.org)\nnext `code` ![alt](a.svg)") == "Bold link next code"


def test_hard_words_on_many_lines_are_refused_at_once() -> None:
    begun = time.monotonic()
    with pytest.raises(FolderProblems, match="break it up"):
        blocks.split(("![" * 7500 + "\n") * 12, "a.md")
    assert time.monotonic() - begun < 2
