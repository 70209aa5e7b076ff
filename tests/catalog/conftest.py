"""A shelf of courses that differ in what the catalog can tell apart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from nok.accounts import queries as accounts
from nok.accounts.models import Role
from nok.authoring import service
from nok.core.db import db
from nok.core.storage import open_storage
from nok.formats import course_folder
from nok.settings import Settings
from tests.factories import courses, people

OTHER_TEACHER = "bahk@test.example"
FILM = b"\0\0\0\x18ftypisom"
Shelve = Callable[..., str]


def approval(board: str = "TEST-BOARD", first: str = "2020-01-01", last: str = "2099-12-31") -> str:
    """Return an approval for the end of a course.toml."""
    return (
        f'[[approvals]]\nboard = "{board}"\nboard_name = "Board {board}"\nnumber = "T-1"\nhours = 1.5\n'
        f'category = "Category 1"\ndelivery = "online, on demand"\nvalid_from = {first}\nvalid_until = {last}\n'
    )


@pytest.fixture
def shelve(app: Flask, tmp_path: Path) -> Shelve:
    """Publish a course from a folder written for it; what is not said of it is plain."""

    def put(slug: str, title: str, *, teacher: str = courses.TEACHER, **words: Any) -> str:
        folder = written(tmp_path, slug, title, teacher, **words)
        with app.app_context():
            for email, name in ((courses.TEACHER, "Dr. Test Teacher"), (OTHER_TEACHER, "So-yeon Bahk")):
                if accounts.person_by_email(email) is None:
                    people.person(email, Role.TEACHER, name)
            service.import_course(open_storage(Settings.from_env()), course_folder.read(folder))
            db.session.commit()
        return slug

    return put


def written(
    root: Path,
    slug: str,
    title: str,
    teacher: str,
    *,
    summary: str = "A course.",
    topics: str = "testing",
    lesson: str = "Reading 1",
    minutes: int = 4,
    video: bool = False,
    previews: tuple[str, ...] = (),
    head: str = "",
    end: str = "",
) -> Path:
    """Return a course folder of one lesson, and a film before it when there is `video`."""
    film = root / "film.mp4"
    film.write_bytes(FILM)
    options = {"texts": 1, "questions": 0, "video": film if video else None, "previews": previews, "more": head}
    folder = courses.write_folder(root, slug, title=title, teacher=teacher, **options)  # type: ignore[arg-type]
    toml = (folder / "course.toml").read_text()
    toml = toml.replace("A course to test with.", summary).replace('["testing"]', f'["{topics}"]')
    (folder / "course.toml").write_text(toml + end)
    reading = folder / "lessons" / "reading-1.md"
    text = reading.read_text().replace("Reading 1", lesson).replace("minutes = 4", f"minutes = {minutes}")
    reading.write_text(text)
    return folder
