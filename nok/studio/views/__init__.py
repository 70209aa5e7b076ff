"""The teachers' workshop: worksheets that wait for a review, and the people of a course."""

from nok.studio.views import people, worksheets
from nok.studio.views.blueprint import blueprint

__all__ = ["blueprint", "people", "worksheets"]
