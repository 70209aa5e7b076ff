"""A populated site is one thing; here a course is made as small as a test needs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.factories import courses, papers, people
from tests.pages import Browser

EMAIL = "learner@test.example"


@pytest.fixture
def writer(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> Browser:
    """Someone enrolled in a course of one reading, one worksheet, a test and an evaluation."""
    with app.app_context():
        people.person(EMAIL)
        courses.published(tmp_path, texts=1)
        papers.worksheet("needle-safety")
        papers.evaluation("needle-safety")
    browser = sign_in(EMAIL)
    browser.submit("/courses/needle-safety/enroll")
    return browser
