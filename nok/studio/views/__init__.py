"""The teachers' workshop: worksheets that wait, the people of a course, what they say and ask, and articles."""

from nok.studio.views import articles, evaluations, people, questions, worksheets
from nok.studio.views.blueprint import blueprint

__all__ = ["articles", "blueprint", "evaluations", "people", "questions", "worksheets"]
