"""A course is published anew: highlights in lessons and transcripts are found again; old editions keep their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from nok.authoring import service as authoring
from nok.core.db import db
from nok.core.storage import open_storage
from nok.formats import course_folder
from nok.settings import Settings
from tests.annotations.test_my_notes import CONTAINER
from tests.factories import courses, people
from tests.pages import Browser

READING, WATCHING = "/learn/needle-safety/reading-1", "/learn/needle-safety/watching"
Anew = Callable[[dict[str, tuple[str, str]]], None]


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Path:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom")
    with app.app_context():
        people.person("reader@test.example", name="Rita Reader")
        courses.published(tmp_path, texts=1, questions=0, video=film, previews=("reading-1", "watching"))
    return tmp_path / "needle-safety"


@pytest.fixture
def anew(app: Flask, folder: Path, work: Callable[[], list[str]]) -> Anew:
    """Publish the course again with other words in these files, and have the worker do its part."""

    def publish(changes: dict[str, tuple[str, str]]) -> None:
        for name, (old, new) in changes.items():
            text = (folder / name).read_text()
            assert old in text
            (folder / name).write_text(text.replace(old, new))
        with app.app_context():
            authoring.import_course(open_storage(Settings.from_env()), course_folder.read(folder))
            db.session.commit()
        work()

    return publish


@pytest.fixture
def reader(folder: Path, sign_in: Callable[[str], Browser]) -> Browser:
    return sign_in("reader@test.example")


def mark(reader: Browser, address: str, quote: str) -> None:
    target = {"source": address, "selector": {"type": "TextQuoteSelector", "exact": quote}}
    assert reader.send_json(CONTAINER, {"body": "", "target": target}).status_code == 201


def test_words_of_a_lesson_and_of_its_film_move_along(reader: Browser, anew: Anew) -> None:
    mark(reader, f"{READING}?revision=1", "Words of reading 1.")
    mark(reader, f"{WATCHING}?revision=1&captions=en", "Look here.")
    anew({
        "lessons/reading-1.md": ("Words of reading 1.", "Read this before.\n\nWords of reading 1."),
        "videos/film.en.vtt": ("Look here.", "Sit down, please. Look here."),
    })  # fmt: skip
    for page in (reader.get(READING).text, reader.get(WATCHING).text):
        assert page.count("data-start=") == 1
        assert "Text changed" not in page
    assert 'data-start="18"' in reader.get(READING).text, "the lesson begins with other words now"


def test_a_lesson_that_leaves_the_course_keeps_its_notes_with_their_owner(
    reader: Browser, anew: Anew, folder: Path
) -> None:
    mark(reader, f"{READING}?revision=1", "Words of reading 1.")
    (folder / "lessons" / "reading-1.md").unlink()
    anew({"course.toml": (', "reading-1"', "")})
    assert "Words of reading 1." in reader.get("/notes").text
    assert "Words of reading 1." in reader.get("/notes/files/my-notes.md").text


def test_who_began_with_an_edition_goes_on_reading_it_with_their_marks(reader: Browser, anew: Anew) -> None:
    reader.submit("/courses/needle-safety/enroll")
    mark(reader, f"{READING}?revision=1", "Words of reading 1.")
    anew({"lessons/reading-1.md": ("Words of reading 1.", "Other words.")})
    page = reader.get(READING).text
    assert "Words of reading 1." in page
    assert page.count("data-start=") == 1
    assert "No note is like that" in reader.get("/notes?review=y").text
