"""An article, from a folder written to disk and imported by the importer."""

from pathlib import Path

from nok.authoring import service
from nok.core.db import db
from nok.core.storage import open_storage
from nok.formats import article_folder
from nok.settings import Settings
from tests.factories import courses

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>\n'
ARTICLE = """+++
slug = "{slug}"
title = "How it heals"
summary = "What is known."
category = "Evidence"
author = "{author}"
updated = {updated}
related_courses = ["needle-safety"]
topics = ["{topic}"]
{more}picture = "pictures/skin.svg"
picture_alt = "Skin, drawn"
+++
## The skin

{words}

![Skin](pictures/skin.svg)
"""


def write_folder(
    root: Path,
    slug: str = "how-it-heals",
    *,
    updated: str = "2026-03-01",
    words: str = "First.",
    topic: str = "skin",
    more: str = "",
) -> Path:
    """Write an article folder and return it; `more` are lines for its head."""
    folder = root / "articles" / slug
    (folder / "pictures").mkdir(parents=True, exist_ok=True)
    (folder / "pictures" / "skin.svg").write_text(PICTURE)
    text = ARTICLE.format(slug=slug, author=courses.TEACHER, updated=updated, words=words, topic=topic, more=more)
    (folder / "article.md").write_text(text)
    return folder


def published(root: Path, slug: str = "how-it-heals", settings: Settings | None = None, **options: str) -> str:
    """Import an article by the test teacher, who is there already, commit, and return its slug."""
    folder = article_folder.read(write_folder(root, slug, **options))
    service.import_article(open_storage(settings or Settings.from_env()), folder)
    db.session.commit()
    return slug
