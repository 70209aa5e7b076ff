"""The verbs of authoring: import a course folder or an article folder, each in one transaction."""

from nok.authoring.service.article_import import import_article
from nok.authoring.service.content import Imported
from nok.authoring.service.course_import import import_course

__all__ = ["Imported", "import_article", "import_course"]
