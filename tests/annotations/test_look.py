"""How highlights are shown on this device: painted by scripts, or as marked text that the server writes."""

from pathlib import Path

import pytest
from flask import Flask

from tests.annotations.test_my_notes import mark
from tests.factories import courses
from tests.pages import Browser


@pytest.fixture
def plain(reader: Browser) -> Browser:
    """A reader who chose marked text and no single keys."""
    assert reader.submit("/notes/look", {"marks": "y"}).status_code == 303
    return reader


def test_marked_text_comes_from_the_server(plain: Browser, article: str) -> None:
    note = mark(plain, article, "Then look again, and write down what you saw")
    page = plain.get(article).text
    opening = f'<mark class="amber" data-drawn="{note}">'
    assert f"{opening}Then look again, and write down </mark><strong>{opening}what you saw</mark></strong>" in page
    assert "data-marks" in page
    assert "data-no-keys" in page


def test_as_long_as_nobody_asks_for_it_the_text_is_as_it_was(reader: Browser, article: str) -> None:
    mark(reader, article, "two minutes")
    page = reader.get(article).text
    for word in ("<mark", "data-marks", "data-no-keys"):
        assert word not in page
    reader.submit("/notes/look", {"marks": "y", "keys": "y"})
    assert ">two minutes</mark>" in reader.get(article).text
    reader.submit("/notes/look", {"keys": "y"})
    assert "<mark" not in reader.get(article).text


def test_nobody_sees_the_marks_of_others(plain: Browser, stranger: Browser, article: str) -> None:
    mark(stranger, article, "two minutes")
    stranger.submit("/notes/look", {"marks": "y"})
    assert "<mark" in stranger.get(article).text
    stranger.client.get("/account/login")
    stranger.submit("/account/logout")
    assert "<mark" not in stranger.get(article).text


def test_lessons_to_read_are_marked_alike(app: Flask, plain: Browser, tmp_path: Path) -> None:
    with app.app_context():
        course = courses.published(tmp_path, texts=1)
    plain.submit(f"/courses/{course}/enroll")
    lesson = f"/learn/{course}/reading-1"
    plain.submit("/notes", {"source": lesson, "note": "", "quote": "Words of reading", "color": "rose"})
    assert ">Words of reading</mark>" in plain.get(lesson).text


def test_the_page_of_notes_says_what_is_chosen(plain: Browser, article: str) -> None:
    mark(plain, article, "two minutes")
    page = plain.get("/notes").text
    assert 'checked id="marks"' in page
    assert 'checked id="keys"' not in page
