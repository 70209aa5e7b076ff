"""The lesson page, its media, and the test."""

from nok.classroom.views import lessons, media, tests
from nok.classroom.views.blueprint import blueprint

__all__ = ["blueprint", "lessons", "media", "tests"]
