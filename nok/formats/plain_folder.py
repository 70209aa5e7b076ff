"""Read a folder of Markdown files that knows nothing of courses: lessons in order of name, pictures taken along.

`read` returns a course and notes: what was left out or guessed, with file and line. It raises FolderProblems only for
what cannot be read at all. What is carried over, and how, is described in docs/course-folder.md.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from nok.formats import blocks as block_text
from nok.formats.blocks import Block
from nok.formats.folders import plain_lessons
from nok.formats.folders.files import Place, SourceFiles
from nok.formats.folders.plain_lessons import NamedLesson
from nok.formats.folders.plain_pictures import PlainPictures
from nok.formats.folders.sources import CourseFolder, LessonSource, SectionSource
from nok.formats.folders.toml_table import LONGEST_SLUG, SLUG
from nok.formats.problems import FolderProblems, Problem, quoted

MOST_FILES = 2_000
DEEPEST = 8
LONGEST_TITLE = 140
LONGEST_SUMMARY = 400
ROOT_SECTION = "lessons"
# What plain Markdown cannot say of a course, and what holds instead.
UNSAID: dict[str, Any] = {
    "category": "",
    "price_cents": 0,
    "currency": "USD",
    "access_days": 0,
    "topics": (),
    "objectives": (),
    "about": "",
    "scope_notice": "",
    "certificate_notice": "",
    "certificate_statement": "Completion",
    "pass_mark": 75,
    "attempts": 3,
    "time_limit_minutes": 0,
    "speed_cap": 1.5,
    "references": (),
    "approvals": (),
}
_MARKDOWN = (".md", ".markdown")
_FIRST = ("readme", "index", "_index")
_DIGITS = re.compile(r"(\d+)")
_NUMBERED = re.compile(r"^\d+[-_. ]+(?=.)")


@dataclass(frozen=True, slots=True)
class PlainFolder:
    """A course made of plain Markdown, and what its teacher should know about that."""

    course: CourseFolder
    notes: tuple[Problem, ...]


def read(path: Path, teacher_email: str, slug: str = "", language: str = "en") -> PlainFolder:
    """Return the course in the folder; without `slug` it is named after the folder."""
    files = SourceFiles(path)
    notes: list[Problem] = []
    names = _names(files, notes)
    pictures = PlainPictures(files, notes)
    documents = [name for name in names if name.suffix.lower() in _MARKDOWN]
    lessons = [lesson for name in documents if (lesson := plain_lessons.read(str(name), files, pictures, notes))]
    if not lessons and not files.problems:
        files.blame(Place(files.root.name, 0), "There is no lesson in this folder: write one as a Markdown file.")
    files.problems.extend(block_text.repeated_ids((str(one.path), block) for one in lessons for block in one.blocks))
    slug = slug or _slug(files.root.name)
    if not SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        advice = f"use small letters, digits and hyphens, at most {LONGEST_SLUG}, with --slug."
        files.blame(Place(files.root.name, 0), f"{quoted(slug)} cannot name a course: {advice}")
    if files.problems:
        raise FolderProblems(files.problems)
    taken = {*documents, *map(PurePosixPath, pictures.taken)}
    notes.extend(Problem(str(name), 0, "No lesson shows this file: left out.") for name in names if name not in taken)
    return PlainFolder(_course(files, lessons, pictures, (slug, teacher_email, language)), tuple(sorted(set(notes))))


def can_say(course: CourseFolder) -> bool:
    """Whether a course is nothing that plain Markdown cannot say, so that a plain folder can be its next revision."""
    lessons = [lesson for section in course.sections for lesson in section.lessons]
    return all(getattr(course, name) == value for name, value in UNSAID.items()) and all(
        lesson.kind == "text" and not lesson.preview for lesson in lessons
    )


def _course(
    files: SourceFiles, lessons: list[NamedLesson], pictures: PlainPictures, named: tuple[str, str, str]
) -> CourseFolder:
    slug, teacher_email, language = named
    title = _title_of_folder(lessons, PurePosixPath(), files.root.name)
    sections = _sections(lessons, title)
    first = sections[0].lessons[0]
    said = hashlib.sha256(f"{files.digest()} {language} {title}".encode())
    return CourseFolder(
        slug=slug,
        title=title,
        summary=first.summary or _first_words(first.blocks) or title,
        language=language,
        teacher_email=teacher_email,
        sections=sections,
        pictures=pictures.sources(),
        digest=said.hexdigest(),
        plain=True,
        **UNSAID,
    )


def _sections(lessons: list[NamedLesson], course_title: str) -> tuple[SectionSource, ...]:
    """Return a section for each folder, with lessons whose names, and so the slugs made of them, are told apart."""
    used: set[str] = set()
    keys: set[str] = set()
    sections: list[SectionSource] = []
    for folder, group in groupby(lessons, key=lambda lesson: lesson.path.parent):
        members = list(group)
        at_root = folder == PurePosixPath()
        title = course_title if at_root else _title_of_folder(members, folder, folder.name)
        key = _told_apart((ROOT_SECTION if at_root else _slug(folder.name)) or "section", keys)
        sections.append(SectionSource(key, title, tuple(_lesson(member, used) for member in members)))
    return tuple(sections)


def _lesson(named: NamedLesson, used: set[str]) -> LessonSource:
    slug = _told_apart(_slug(_NUMBERED.sub("", named.path.stem)) or "lesson", used)
    title = named.title or _words(named.path.stem)
    return LessonSource(
        slug=slug,
        title=title[:LONGEST_TITLE],
        kind="text",
        summary=named.summary,
        minutes=named.minutes,
        preview=False,
        blocks=named.blocks,
        video=None,
        document=None,
        questions=(),
        draw=0,
        shuffle=False,
        prompts=(),
        file=f"lessons/{slug}.md",
    )


def _names(files: SourceFiles, notes: list[Problem]) -> list[PurePosixPath]:
    """Return the files of the folder as a person would order them; links and hidden names are left out."""
    found: list[PurePosixPath] = []
    folders = [PurePosixPath()]
    while folders:
        folder = folders.pop()
        for path in sorted((files.root / folder).iterdir()):
            name = folder / path.name
            if path.name.startswith("."):
                continue
            if path.is_symlink():
                notes.append(Problem(str(name), 0, "This is a link: it is left out. Put the file itself here."))
            elif path.is_dir():
                folders.append(name)
            else:
                found.append(name)
            if len(found) > MOST_FILES or len(name.parts) > DEEPEST:
                message = f"At most {MOST_FILES:,} files, {DEEPEST} folders deep, are read: divide this folder."
                raise FolderProblems([Problem(files.root.name, 0, message)])
    return sorted(found, key=_natural)


def _natural(name: PurePosixPath) -> list[tuple[int, list[tuple[int, int, str]]]]:
    """Return what to sort by: a folder's own files come before its folders, its introduction first, 2 before 10."""
    parts = [(1, _numbers(part)) for part in name.parent.parts]
    first = name.stem.lower() in _FIRST
    return [*parts, (0, [(0, 0, "")] if first else _numbers(name.name))]


def _numbers(text: str) -> list[tuple[int, int, str]]:
    pieces = _DIGITS.split(text.casefold())
    return [(1, int(piece), piece) if n % 2 else (2, 0, piece) for n, piece in enumerate(pieces) if piece]


def _title_of_folder(lessons: Iterable[NamedLesson], folder: PurePosixPath, name: str) -> str:
    introduction = (one for one in lessons if one.path.parent == folder and one.path.stem.lower() in _FIRST)
    return (next((one.title for one in introduction if one.title), "") or _words(name))[:LONGEST_TITLE]


def _words(name: str) -> str:
    """Return a name as a title: `02_depth-of-needling` becomes "Depth of needling"."""
    clean = "".join(letter for letter in name if letter.isprintable())
    words = " ".join(re.sub(r"[-_]+", " ", _NUMBERED.sub("", clean)).split()) or "Untitled"
    return words[0].upper() + words[1:]


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_SLUG - 5].strip("-")


def _told_apart(slug: str, used: set[str]) -> str:
    found, count = slug, 1
    while found in used:
        count += 1
        found = f"{slug}-{count}"
    used.add(found)
    return found


def _first_words(blocks: Iterable[Block]) -> str:
    texts = (block_text.plain_text(block.markdown) for block in blocks if block.kind == "markdown")
    text = next((text for text in texts if text), "")
    return text if len(text) <= LONGEST_SUMMARY else text[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
