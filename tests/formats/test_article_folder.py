from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nok.formats import article_folder
from nok.formats.problems import FolderProblems

ARTICLE = """+++
slug = "collagen"
title = "How it heals"
summary = "What is known."
category = "Evidence"
author = "teacher@demo.example"
updated = 2026-03-01
related_courses = ["needle-depth"]
topics = ["skin"]
picture = "pictures/skin.svg"
picture_alt = "Skin, drawn"

[[references]]
text = "A study. 2019."
+++
First words.

![Skin](pictures/skin.svg)
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def folder(tmp_path: Path, text: str) -> Path:
    (tmp_path / "pictures").mkdir(exist_ok=True)
    (tmp_path / "pictures/skin.svg").write_text(PICTURE)
    (tmp_path / "article.md").write_text(text)
    return tmp_path


def test_a_right_article_is_read(tmp_path: Path) -> None:
    article = article_folder.read(folder(tmp_path, ARTICLE))
    assert (article.slug, article.updated, article.picture) == ("collagen", date(2026, 3, 1), "skin.svg")
    assert (article.reviewer_email, article.picture_caption) == ("", "")
    assert [block.kind for block in article.blocks] == ["markdown", "picture"]
    assert [picture.name for picture in article.pictures] == ["skin.svg"]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('category = "Evidence"\n', "", 2, "category is missing"),
        ('"needle-depth"', '"../needle"', 8, "no short name"),
        ("updated = 2026-03-01", "updated = 2026-03-01T10:00:00", 7, "without quotes"),
        ('picture_alt = "Skin, drawn"\n', "", 2, "picture_alt is missing"),
        ("First words.\n\n![Skin](pictures/skin.svg)\n", "", 16, "no text"),
        ("![Skin](pictures", "![Skin](images", 18, "cannot be shown"),
    ],
)
def test_a_mistake_is_named_where_it_stands(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    with pytest.raises(FolderProblems) as told:
        article_folder.read(folder(tmp_path, ARTICLE.replace(old, new, 1)))
    assert (line, True) in [(p.line, message in p.message) for p in told.value.problems]
