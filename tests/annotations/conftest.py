"""A reader, a stranger, and an article whose words can be changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from nok.accounts.models import Role
from tests.factories import articles, courses, people
from tests.pages import Browser

Publish = Callable[[str], str]
WORDS = (
    "The needle enters slowly. Press for two minutes, longer with an anticoagulant.\n\n"
    "Then look again, and write down **what you saw**. 足三里 (Zú Sān Lǐ) is ST-36."
)


@pytest.fixture
def publish(app: Flask, tmp_path: Path, work: Callable[[], list[str]]) -> Publish:
    """Publish the article with these words, have the worker do its part, and return its address."""
    with app.app_context():
        people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")

    def published(words: str) -> str:
        with app.app_context():
            slug = articles.published(tmp_path, words=words)
        work()
        return f"/articles/{slug}"

    return published


@pytest.fixture
def article(publish: Publish) -> str:
    return publish(WORDS)


@pytest.fixture
def reader(app: Flask, article: str, sign_in: Callable[[str], Browser]) -> Browser:
    with app.app_context():
        people.person("reader@test.example", name="Rita Reader")
    return sign_in("reader@test.example")


@pytest.fixture
def stranger(app: Flask, reader: Browser, sign_in: Callable[[str], Browser]) -> Browser:
    with app.app_context():
        people.person("stranger@test.example", name="Sam Stranger")
    return sign_in("stranger@test.example")
