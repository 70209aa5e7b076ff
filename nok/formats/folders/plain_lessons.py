"""A Markdown file that knows nothing of courses, as a lesson: its title, its text, and what had to be left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from nok.formats import blocks as block_text
from nok.formats.blocks import CALLOUTS, Block
from nok.formats.folders import plain_front_matter
from nok.formats.folders.files import Place, SourceFiles
from nok.formats.folders.plain_pictures import PlainPictures
from nok.formats.problems import FolderProblems, Problem, quoted

WORDS_A_MINUTE = 220
MOST_MINUTES = 600
LONGEST_SUMMARY = 400
_CALLOUT = re.compile(r"( {0,3}>[ \t]?)\[!([A-Za-z]+)\](.*)")
_LINK = re.compile(r"(?<!!)\[([^\[\]]*)\]\(\s{0,9}<?([^\s()<>]*)>?(?:\s{1,9}(?:\"[^\"]*\"|'[^']*'))?\s{0,9}\)")
_CARRIED = ("https://", "http://", "mailto:")
_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_CODE = re.compile(r"`+[^`]*`+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class NamedLesson:
    """A lesson by its file; `title` may be empty, then its file's name has to do."""

    path: PurePosixPath
    title: str
    summary: str
    minutes: int
    blocks: tuple[Block, ...]


def read(name: str, files: SourceFiles, pictures: PlainPictures, notes: list[Problem]) -> NamedLesson | None:
    """Return the lesson in a file, or None when it is left out or a problem was written down."""
    text = files.text(name, Place(name, 0))
    if text is None:
        return None
    front = plain_front_matter.read(text, name, notes)
    if front.draft:
        notes.append(Problem(name, 1, "This lesson is a draft: it is left out."))
        return None
    blocks = _blocks(front.lines, Place(name, front.first_line), files, pictures, notes)
    title = front.title
    if blocks and blocks[0].kind == "heading":
        heading = block_text.plain_text(blocks[0].markdown)
        if not title or heading == title:  # the page shows the title itself
            title, blocks = heading, blocks[1:]
    if not blocks:
        notes.append(Problem(name, 0, "This file has no text: it is left out."))
        return None
    words = sum(len(block_text.plain_text(block.markdown).split()) for block in blocks)
    minutes = front.minutes or max(1, min(MOST_MINUTES, round(words / WORDS_A_MINUTE)))
    return NamedLesson(PurePosixPath(name), title, front.summary[:LONGEST_SUMMARY], minutes, blocks)


def _blocks(
    lines: list[str], place: Place, files: SourceFiles, pictures: PlainPictures, notes: list[Problem]
) -> tuple[Block, ...]:
    kept = _without_definitions(lines, place, notes)
    fence = ""
    for number, line in enumerate(kept):
        here = Place(place.file, place.line + number)
        marks = _FENCE.match(line)
        if fence:
            closes = marks and marks[1].startswith(fence) and line.strip() == marks[1]
            fence = "" if closes else fence
        elif marks:
            fence = marks[1]
        else:
            kept[number] = _carried(line, here, pictures, notes)
    try:
        blocks = block_text.split("\n".join(kept), place.file, place.line)
    except FolderProblems as error:
        files.problems.extend(error.problems)
        return ()
    for block in blocks:
        pictures.refuse_others(block, place.file, files)
    return blocks


def _without_definitions(lines: list[str], place: Place, notes: list[Problem]) -> list[str]:
    """Return the lines without link definitions at a distance: a block is kept by itself and could not reach them."""
    gone = set(block_text.definition_lines("\n".join(lines)))
    message = "A definition at a distance is left out: write the address inside the link, like [words](https://…)."
    notes.extend(Problem(place.file, place.line + number, message) for number in sorted(gone))
    return ["" if number in gone else line for number, line in enumerate(lines)]


def _carried(line: str, here: Place, pictures: PlainPictures, notes: list[Problem]) -> str:
    """Return a line of text as a lesson can have it; parts in `code` stay as they are."""
    codes = _CODE.findall(line)
    parts = [_links(pictures.carried(part, here), here, notes) for part in _CODE.split(line)]
    if found := _HTML.search("".join(parts)):
        message = f"Raw HTML is not read: {quoted(found[0])} will show as it is written."
        notes.append(Problem(here.file, here.line, message))
    whole = parts[0] + "".join(code + part for code, part in zip(codes, parts[1:], strict=True))
    return _callout(whole, here, notes)


def _links(part: str, here: Place, notes: list[Problem]) -> str:
    def carried(link: re.Match[str]) -> str:
        words, target = link.groups()
        if target.lower().startswith(_CARRIED):
            return link[0]
        message = f"The link to {quoted(target)} is left out, its words stay: only web addresses can be linked."
        notes.append(Problem(here.file, here.line, message))
        return words

    return _LINK.sub(carried, part)


def _callout(line: str, here: Place, notes: list[Problem]) -> str:
    match = _CALLOUT.fullmatch(line)
    if match is None:
        return line
    begin, word, rest = match.groups()
    if word in CALLOUTS and not rest.strip():
        return line
    if word.lower() in CALLOUTS:
        return f"{begin}[!{word.lower()}]" + (f"\n{begin}{rest.strip()}" if rest.strip() else "")
    message = f"{quoted(f'[!{word}]')} is not a callout here: it becomes a quotation."
    notes.append(Problem(here.file, here.line, message))
    return f"{begin}**{word.capitalize()}**{rest}"
