"""The verbs of authoring: import and export of folders, and articles written on the site; each all or nothing."""

from nok.authoring.service.article_drafts import (
    Written,
    as_folder,
    begin_article,
    discard_draft,
    keep_picture,
    pictures_of,
    publish_draft,
    save_draft,
    told,
    written,
)
from nok.authoring.service.article_import import import_article
from nok.authoring.service.content import Imported
from nok.authoring.service.course_import import import_course
from nok.authoring.service.export import export_article, export_course

__all__ = [
    "Imported",
    "Written",
    "as_folder",
    "begin_article",
    "discard_draft",
    "export_article",
    "export_course",
    "import_article",
    "import_course",
    "keep_picture",
    "pictures_of",
    "publish_draft",
    "save_draft",
    "told",
    "written",
]
