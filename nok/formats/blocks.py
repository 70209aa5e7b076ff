"""Markdown to blocks and back.

A block is a top-level node: a paragraph, a list, a heading, a table, a callout. A line such as
`{#b-7hq2m0xd}` alone after a block is its stable id: annotations hold on to it, so it survives export and
re-import. A callout is a quotation whose first line is `[!caution]` or another word of CALLOUTS. Blocks are
rendered one by one, so nothing in one block may depend on another: link definitions are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from nok.formats.problems import FolderProblems, Problem, quoted

CALLOUTS = ("caution", "contraindication", "pearl", "evidence", "scope")
LONGEST_TEXT = 20_000
Kind = Literal["markdown", "callout", "picture", "heading"]

_ID_LINE = re.compile(r"\{#([^{}\s]*)\}[ \t]*")
_ID = re.compile(r"b-[a-z0-9]{8}")
_CALLOUT = re.compile(r" {0,3}>[ \t]?\[!([^\]]*)\](.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """One node of a text. `key` is None until an import gives it an id; `line` is where it begins."""

    key: str | None
    kind: Kind
    markdown: str
    line: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a block shows; `source` is what stands in the round brackets."""

    source: str
    alt: str
    caption: str
    line: int


def split(markdown: str, file: str, first_line: int = 1) -> tuple[Block, ...]:
    """Return the blocks of a text whose first line is line `first_line` of `file`; raise FolderProblems."""
    source = _normal(markdown)
    lines = source.split("\n")
    blocks: list[Block] = []
    problems: list[Problem] = []
    covered: set[int] = set()
    for token in _outline().parse(source):
        if len(token.content) > LONGEST_TEXT and token.map:
            message = f"This text has {len(token.content):,} characters, at most {LONGEST_TEXT:,}: break it up."
            problems.append(Problem(file, token.map[0] + first_line, message))
        if token.level or token.nesting < 0 or token.map is None:
            continue
        start, end = token.map
        covered.update(range(start, end))
        if token.type == "block_id":
            message = _name_last(blocks, token.content)
        else:
            body = "\n".join(lines[start:end]).rstrip("\n \t")
            blocks.append(Block(None, _kind(token, body), body, start + first_line))
            message = _fault(token, body)
        if message:
            problems.append(Problem(file, start + first_line, message))
    problems.extend(_stray_lines(lines, covered, file, first_line))
    problems.extend(repeated_ids((file, block) for block in blocks))
    if problems:
        raise FolderProblems(problems)
    return tuple(blocks)


def definition_lines(markdown: str) -> tuple[int, ...]:
    """Return which lines, counted from 0, define links for other places: no block holds them."""
    source = _normal(markdown)
    covered = {n for token in _outline().parse(source) if token.map and not token.level for n in range(*token.map)}
    return tuple(n for n, line in enumerate(source.split("\n")) if line.strip() and n not in covered)


def join(blocks: Iterable[Block]) -> str:
    """Return the text with the ids written; `split` reads it back to the same (but for the lines)."""
    return "\n\n".join(b.markdown + (f"\n{{#{b.key}}}" if b.key else "") for b in blocks) + "\n"


def pictures(block: Block) -> tuple[Picture, ...]:
    """Return the pictures in a block, in order."""
    lines = block.markdown.split("\n")
    found: list[Picture] = []
    for token in _parser().parse(block.markdown):
        if token.type != "inline" or token.map is None:
            continue
        images = [child for child in token.children or () if child.type == "image"]
        found.extend(_picture(image, lines, token.map[0], block.line) for image in images)
    return tuple(found)


def plain_text(markdown: str) -> str:
    """Return the words of a text without its markup, on one line."""
    words: list[str] = []
    for token in _parser().parse(_normal(markdown)):
        words.extend(_words(token.children or ()) if token.type == "inline" else [token.content])
        words.append(" ")
    return " ".join("".join(words).split())


def repeated_ids(placed: Iterable[tuple[str, Block]]) -> list[Problem]:
    """Say which block ids stand twice among blocks of one or several files."""
    first: dict[str, tuple[str, int]] = {}
    problems: list[Problem] = []
    for file, block in placed:
        if block.key is None:
            continue
        if block.key in first:
            where = "{}, line {}".format(*first[block.key])
            message = f"The id {block.key} below this block is that of {where}: delete it here."
            problems.append(Problem(file, block.line, message))
        first.setdefault(block.key, (file, block.line))
    return problems


@cache
def _parser() -> MarkdownIt:
    """Return the reader of words: CommonMark with tables, and without raw HTML."""
    return _new_parser()


@cache
def _outline() -> MarkdownIt:
    """Return a reader that stops at blocks: hard words cost much time, so their length is checked first."""
    return _new_parser().disable("inline")


def _new_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    ends = {"alt": ["paragraph", "reference", "blockquote", "list", "table"]}
    parser.block.ruler.before("table", "block_id", _block_id_rule, ends)  # type: ignore[arg-type]
    return parser


def _block_id_rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """Match an id line at the left margin of the whole text, never in a list or a quotation."""
    begin = state.bMarks[start]
    match = _ID_LINE.fullmatch(state.src[begin : state.eMarks[start]])
    if match is None or (begin > 0 and state.src[begin - 1] != "\n"):
        return False
    if not silent:
        token = state.push("block_id", "", 0)
        token.content, token.map, token.hidden = match[1], [start, start + 1], True
        state.line = start + 1
    return True


def _normal(markdown: str) -> str:
    return markdown.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def _name_last(blocks: list[Block], key: str) -> str:
    if not _ID.fullmatch(key):
        return f"{quoted(key)} is not a block id: write b- and eight letters or digits, or delete the line."
    if not blocks or blocks[-1].key is not None:
        return "This id follows no block: put it on the line right after its block, or delete it."
    last = blocks[-1]
    blocks[-1] = Block(key, last.kind, last.markdown, last.line)
    return ""


def _kind(token: Token, body: str) -> Kind:
    if token.type == "heading_open":
        return "heading"
    if token.type == "blockquote_open" and _CALLOUT.match(body):
        return "callout"
    if token.type == "paragraph_open" and body.lstrip().startswith("![") and len(body) <= LONGEST_TEXT:
        children = _parser().parseInline(body)[0].children or []
        if len(children) == 1 and children[0].type == "image":
            return "picture"
    return "markdown"


def _fault(token: Token, body: str) -> str:
    if token.type == "fence" and not _closed(token, body):
        return f"This block of code never ends: close it with a line {token.markup}."
    match = _CALLOUT.match(body) if token.type == "blockquote_open" else None
    if match is None:
        return ""
    word, rest = match.groups()
    if word not in CALLOUTS:
        return (
            f"{quoted('[!' + word + ']')} is not a callout: use one of " + ", ".join(f"[!{c}]" for c in CALLOUTS) + "."
        )
    if rest.strip():
        return f"Leave [!{word}] alone on its line and begin the words on the next one, after >."
    return ""


def _closed(token: Token, body: str) -> bool:
    """Tell whether a fence has its last line: left open, it would swallow the id written after it."""
    last = body.rpartition("\n")[2].strip()
    return "\n" in body and len(last) >= len(token.markup) and set(last) == {token.markup[0]}


def _stray_lines(lines: Sequence[str], covered: set[int], file: str, first_line: int) -> list[Problem]:
    message = "Write the address inside the link, like [words](https://…): a definition at a distance is not read."
    return [
        Problem(file, number + first_line, message)
        for number, line in enumerate(lines)
        if line.strip() and number not in covered
    ]


def _picture(token: Token, lines: Sequence[str], start: int, first_line: int) -> Picture:
    source = str(token.attrs.get("src", ""))
    alt = " ".join("".join(_words(token.children or ())).split())
    offset = next((n for n in range(start, len(lines)) if source and source in lines[n]), start)
    return Picture(source, alt, str(token.attrs.get("title", "")), first_line + offset)


def _words(tokens: Iterable[Token]) -> list[str]:
    words: list[str] = []
    for token in tokens:
        if token.type == "image":
            continue
        words.append(" " if token.type in ("softbreak", "hardbreak") else token.content)
    return words
