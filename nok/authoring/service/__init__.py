"""The verbs of authoring: import a course or an article folder, export one; each all or nothing."""

from nok.authoring.service.article_import import import_article
from nok.authoring.service.content import Imported
from nok.authoring.service.course_import import import_course
from nok.authoring.service.export import export_article, export_course

__all__ = ["Imported", "export_article", "export_course", "import_article", "import_course"]
