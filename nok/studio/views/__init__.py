"""The teachers' workshop: worksheets that wait for a review, the people of a course, and what they say of it."""

from nok.studio.views import evaluations, people, worksheets
from nok.studio.views.blueprint import blueprint

__all__ = ["blueprint", "evaluations", "people", "worksheets"]
