"""An article folder written down: the same article always becomes the same file."""

from __future__ import annotations

from nok.formats import blocks as block_text
from nok.formats.folders.sources import ArticleFolder
from nok.formats.folders.toml_writing import array, front_matter, line, references


def text(folder: ArticleFolder) -> str:
    """Return `article.md`."""
    lines = [
        line("slug", folder.slug),
        line("title", folder.title),
        line("summary", folder.summary),
        line("category", folder.category),
        line("author", folder.author_email),
        line("reviewer", folder.reviewer_email) if folder.reviewer_email else "",
        line("updated", folder.updated),
        array("related_courses", folder.related_courses),
        array("related_articles", folder.related_articles) if folder.related_articles else "",
        array("topics", folder.topics),
        line("disclosure", folder.disclosure) if folder.disclosure else "",
        line("evidence_note", folder.evidence_note) if folder.evidence_note else "",
        line("picture", f"pictures/{folder.picture}") if folder.picture else "",
        line("picture_alt", folder.picture_alt) if folder.picture_alt else "",
        line("picture_caption", folder.picture_caption) if folder.picture_caption else "",
        references(folder.references),
    ]
    return front_matter(lines) + block_text.join(folder.blocks)
