"""A course of every kind of lesson to look at, and people who stand in each way to it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from nok.classroom.queries import access
from nok.core.clock import now
from nok.core.db import db
from nok.core.storage import open_storage
from nok.enrollments.models import EndReason, Enrollment
from nok.media.models import Video
from tests.factories import courses, people, world
from tests.pages import Browser

LEARNER, OTHER = "learner@test.example", "other@test.example"
PREVIEWED = ("watching", "reading-1", "handout")
MEDIA = [
    f"/learn/{{course}}/watching/media/{name}"
    for name in ("index.m3u8", "v0.m3u8", "v0-init.mp4", "v0-00001.m4s", "poster.jpg")
]
BYTES = [
    *MEDIA,
    "/learn/{course}/watching/captions/en.vtt",
    "/learn/{course}/pictures/needle.svg",
    "/learn/{course}/handout/file.pdf",
    "/learn/{course}/handout/file.pdf?download=1",
]
SECRETS = ("bytes of the film", "Look here.", "M0 0h9", "%PDF", "Words of reading")


@pytest.fixture(autouse=True)
def _forget(app: Flask) -> Iterator[None]:
    """A database that is rolled back gives its ids again."""
    for kept in (access._media._kept, access._pictures._kept):
        kept.clear()
    yield
    for kept in (access._media._kept, access._pictures._kept):
        kept.clear()


def publish(app: Flask, root: Path, slug: str, **options: Any) -> str:
    """Publish a course with a film, two readings (each shows a picture of its own), a file and a test."""
    root.mkdir(exist_ok=True)
    film = root / "film.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom")
    with app.app_context():
        if not options.pop("there", False):
            people.person(LEARNER)
            people.person(OTHER)
        courses.published(root, slug, video=film, document=True, pictures=True, **options)
        for video in db.session.scalars(select(Video)):
            world.ready(open_storage(app.extensions["nok"]), video)
        db.session.commit()
    return slug


@pytest.fixture
def closed(app: Flask, tmp_path: Path) -> str:
    """A course without previews."""
    return publish(app, tmp_path, "needle-safety")


@pytest.fixture
def shown(app: Flask, tmp_path: Path) -> str:
    """A course whose film, first reading and file anyone may see."""
    return publish(app, tmp_path, "needle-safety", previews=PREVIEWED)


@pytest.fixture
def learner(sign_in: Callable[[str], Browser]) -> Callable[[str], Browser]:
    """Enroll the learner in a course and return their browser."""

    def enrolled(course: str) -> Browser:
        browser = sign_in(LEARNER)
        assert browser.submit(f"/courses/{course}/enroll").status_code == 303
        return browser

    return enrolled


def end(app: Flask, how: str) -> None:
    """End every enrollment: `left`, `removed`, `refunded`, or `over`, its window."""
    with app.app_context():
        for enrollment in db.session.scalars(select(Enrollment)):
            if how == "over":
                enrollment.access_until = now() - timedelta(seconds=1)
            else:
                enrollment.ended_at, enrollment.end_reason = now(), EndReason(how)
        db.session.commit()
