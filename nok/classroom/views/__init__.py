"""The lesson page, its media, tests, worksheets and evaluations."""

from nok.classroom.views import evaluations, lessons, media, tests, worksheets
from nok.classroom.views.blueprint import blueprint

__all__ = ["blueprint", "evaluations", "lessons", "media", "tests", "worksheets"]
