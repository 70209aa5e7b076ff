"""Read a course folder: `course.toml`, lessons, videos with captions, pictures, questions.

`read` returns all of it or raises FolderProblems with all that is wrong. It writes nothing and asks nobody:
whether the teacher exists or the revision is new is decided by the importer. The format is described in
docs/course-folder.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from nok.formats import blocks as block_text
from nok.formats.folders import fields, lessons, markdown, toml_table
from nok.formats.folders.files import Place, SourceFiles
from nok.formats.folders.markdown import Gallery
from nok.formats.folders.sources import (
    ApprovalSource,
    CaptionSource,
    ChapterSource,
    CourseFolder,
    DocumentSource,
    LessonSource,
    PictureSource,
    ReferenceSource,
    SectionSource,
    VideoSource,
)
from nok.formats.folders.toml_table import EMAIL, LANGUAGE, TomlTable
from nok.formats.problems import FolderProblems, quoted

__all__ = [
    "ApprovalSource",
    "CaptionSource",
    "ChapterSource",
    "CourseFolder",
    "DocumentSource",
    "LessonSource",
    "PictureSource",
    "ReferenceSource",
    "SectionSource",
    "VideoSource",
    "read",
]

HEAD = "course.toml"
FORMAT = 1
LONGEST_TITLE = 140
LONGEST_CERTIFICATE_NOTICE = 320
CENTS = 100
_AMOUNT = re.compile(r"[0-9]{1,6}(?:\.[0-9]{2})?")
_CURRENCY = re.compile(r"[A-Z]{3}")


def read(path: Path) -> CourseFolder:
    """Return the course in the folder; raise FolderProblems with everything that has to be mended."""
    files = SourceFiles(path)
    text = files.text(HEAD, Place(HEAD, 0))
    head = toml_table.parse(text, HEAD, files) if text is not None else None
    course = _course(head, files) if head else None
    if course is None or files.problems:
        raise FolderProblems(files.problems)
    return course


def _course(head: TomlTable, files: SourceFiles) -> CourseFolder:
    gallery = Gallery(files)
    if head.integer("format", 0, 1_000_000) != FORMAT:
        head.blame("format", f"format: this program reads format = {FORMAT}.")
    scope_notice = _markdown_file(head, "scope_notice")
    requirements, certificate = head.table("requirements"), head.table("certificate")
    course = CourseFolder(
        slug=head.slug("slug"),
        title=head.text("title", LONGEST_TITLE),
        summary=head.text("summary", 400),
        language=head.matching("language", LANGUAGE, "Write a language tag like en, zh-Hans or ko."),
        teacher_email=head.matching("teacher", EMAIL, "Write the e-mail address of a teacher."),
        category=head.text("category", 60, default=""),
        price_cents=_price(head),
        currency=head.matching("currency", _CURRENCY, "Write a currency's three letters, like USD.", default="USD"),
        access_days=head.integer("access_days", 0, 3650, default=0),
        topics=head.texts("topics", 40),
        objectives=head.texts("objectives", fewest=1 if head.has("approvals") else 0),
        about=_markdown_file(head, "about"),
        scope_notice=scope_notice,
        certificate_notice=_certificate_notice(head, scope_notice),
        certificate_statement=certificate.text("statement", 80, default="Completion"),
        pass_mark=requirements.integer("pass_mark", 1, 100, default=75),
        attempts=requirements.integer("attempts", 0, 100, default=3),
        time_limit_minutes=requirements.integer("time_limit_minutes", 0, 600, default=0),
        speed_cap=float(requirements.decimal("speed_cap", "1.0", "3.0", default="1.5")),
        sections=_sections(head, gallery),
        references=fields.references(head),
        approvals=_approvals(head),
        pictures=gallery.sources(),
        digest=files.digest(),
    )
    for table in (head, requirements, certificate):
        table.close()
    return course


def _price(head: TomlTable) -> int:
    advice = 'Write an amount in quotes, like "49" or "49.00", up to "999999.99".'
    amount = head.matching("price", _AMOUNT, advice, default="0")
    units, _, hundredths = amount.partition(".")
    return int(units) * CENTS + int(hundredths or "0") if _AMOUNT.fullmatch(amount) else 0


def _markdown_file(head: TomlTable, key: str) -> str:
    name = head.text(key, default="")
    return markdown.read_file(name, head.place(key), head.files) if name else ""


def _certificate_notice(head: TomlTable, scope_notice: str) -> str:
    notice = block_text.plain_text(scope_notice.split("\n\n", maxsplit=1)[0])
    if len(notice) > LONGEST_CERTIFICATE_NOTICE:
        message = (
            f"scope_notice: the first paragraph stands on the certificate and has {len(notice)} characters, "
            f"at most {LONGEST_CERTIFICATE_NOTICE} fit: shorten it, and say more in a second paragraph."
        )
        head.blame("scope_notice", message)
    return notice


def _sections(head: TomlTable, gallery: Gallery) -> tuple[SectionSource, ...]:
    sections: list[SectionSource] = []
    first: dict[str, int] = {}
    for entry in head.tables("sections"):
        key, title, slugs = (
            entry.slug("id"),
            entry.text("title", LONGEST_TITLE),
            entry.texts("lessons", fewest=1),
        )
        found: list[LessonSource] = []
        for slug in slugs:
            place = entry.place("lessons", slug)
            if slug in first:
                head.files.blame(place, f"The lesson {quoted(slug)} already stands on line {first[slug]}: delete one.")
            elif lesson := lessons.read(slug, place, head.files, gallery):
                found.append(lesson)
            first.setdefault(slug, place.line)
        if any(section.key == key for section in sections):
            entry.blame("id", f"id: {quoted(key)} already names a section: choose another.")
        entry.close()
        sections.append(SectionSource(key, title, tuple(found)))
    if not sections:
        head.blame("", "There is no section: write [[sections]] with id, title and lessons.")
    _refuse_unlisted_lessons(head.files, set(first))
    _refuse_early_evaluation([lesson for section in sections for lesson in section.lessons], head.files)
    placed = [(lesson.file, block) for section in sections for lesson in section.lessons for block in lesson.blocks]
    head.files.problems.extend(block_text.repeated_ids(placed))
    return tuple(sections)


def _refuse_unlisted_lessons(files: SourceFiles, listed: set[str]) -> None:
    for path in sorted((files.root / "lessons").glob("*.md")):
        if path.stem not in listed:
            message = f"No section of {HEAD} lists this lesson: add its name there, or delete the file."
            files.blame(Place(f"lessons/{path.name}", 0), message)


def _refuse_early_evaluation(lessons: Sequence[LessonSource], files: SourceFiles) -> None:
    for lesson in lessons[:-1]:
        if lesson.kind == "evaluation":
            message = (
                "The evaluation is the last lesson, and a course has at most one: "
                f"move this lesson to the end of {HEAD}, or delete it."
            )
            files.blame(Place(lesson.file, 1), message)


def _approvals(head: TomlTable) -> tuple[ApprovalSource, ...]:
    approvals: list[ApprovalSource] = []
    for entry in head.tables("approvals"):
        approval = ApprovalSource(
            board=entry.text("board", 40),
            board_name=entry.text("board_name", 120),
            number=entry.text("number", 60),
            hours=entry.decimal("hours", "0.1", "200"),
            category=entry.text("category", 80, default=""),
            delivery=entry.text("delivery", 80, default=""),
            valid_from=entry.day("valid_from"),
            valid_until=entry.day("valid_until"),
        )
        if approval.valid_until < approval.valid_from:
            entry.blame("valid_until", "valid_until: this day lies before valid_from: correct one of them.")
        entry.close()
        approvals.append(approval)
    return tuple(approvals)
