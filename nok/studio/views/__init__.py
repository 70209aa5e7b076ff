"""The teachers' workshop: worksheets that wait, the people of a course, what they say of it, and articles to write."""

from nok.studio.views import articles, evaluations, people, worksheets
from nok.studio.views.blueprint import blueprint

__all__ = ["articles", "blueprint", "evaluations", "people", "worksheets"]
