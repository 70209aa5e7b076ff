"""Read an article folder: `article.md` with its fields in front, and the pictures it shows.

`read` returns all of it or raises FolderProblems with all that is wrong, as `course_folder.read` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nok.formats.folders import fields, front_matter, markdown
from nok.formats.folders.files import Place, SourceFiles
from nok.formats.folders.front_matter import FrontMatter
from nok.formats.folders.markdown import Gallery
from nok.formats.folders.sources import ArticleFolder, PictureSource, ReferenceSource
from nok.formats.folders.toml_table import EMAIL, SLUG, TomlTable
from nok.formats.problems import FolderProblems, Problem, quoted

__all__ = ["ArticleFolder", "PictureSource", "ReferenceSource", "read"]

HEAD = "article.md"


def read(path: Path) -> ArticleFolder:
    """Return the article in the folder; raise FolderProblems with everything that has to be mended."""
    files = SourceFiles(path)
    front = front_matter.read(files, HEAD, Place(HEAD, 0))
    article = _article(front, files) if front else None
    if article is None or files.problems:
        raise FolderProblems(files.problems)
    return article


def picture_problems(path: Path) -> Sequence[Problem]:
    """Return what is wrong with a file that shall be a picture; nothing where it can be shown."""
    files = SourceFiles(path.parent)
    markdown.picture_file(path.name, Place(path.name, 0), files)
    return files.problems


def _article(front: FrontMatter, files: SourceFiles) -> ArticleFolder:
    gallery, head = Gallery(files), front.fields
    if not front.body.strip():
        files.blame(Place(HEAD, front.body_line), "This article has no text: write it below the second +++.")
    blocks = markdown.read(front.body, Place(HEAD, front.body_line), files, gallery)
    picture = _picture(head, gallery)
    article = ArticleFolder(
        slug=head.slug("slug"),
        title=head.text("title", 140),
        summary=head.text("summary", 400),
        category=head.text("category", 60),
        author_email=head.matching("author", EMAIL, "Write the e-mail address of a person."),
        reviewer_email=head.matching("reviewer", EMAIL, "Write the e-mail address of a person.", default=""),
        updated=head.day("updated"),
        related_courses=_slugs(head, "related_courses"),
        related_articles=_slugs(head, "related_articles"),
        topics=head.texts("topics", 40),
        disclosure=head.text("disclosure", 600, default=""),
        evidence_note=head.text("evidence_note", 600, default=""),
        picture=picture,
        picture_alt=head.text("picture_alt", 300, default=""),
        picture_caption=head.text("picture_caption", 300, default=""),
        references=fields.references(head),
        blocks=blocks,
        pictures=gallery.sources(),
        digest=files.digest(),
    )
    head.close()
    return article


def _picture(head: TomlTable, gallery: Gallery) -> str:
    name = head.text("picture", default="")
    if name:
        gallery.add(name, head.text("picture_alt", 300), head.place("picture"))
    return name.removeprefix("pictures/")


def _slugs(head: TomlTable, key: str) -> tuple[str, ...]:
    slugs = head.texts(key)
    for slug in slugs:
        if not SLUG.fullmatch(slug):
            head.blame(
                key,
                f"{key}: {quoted(slug)} is no short name: use small letters, digits, hyphens.",
                slug,
            )
    return slugs
