"""A revision becomes a folder again: all of it, or nothing is left behind."""

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from flask_babel import lazy_gettext as _

from nok.authoring import queries
from nok.authoring.service import stored_article, stored_course
from nok.core.errors import Conflict, Invalid, NotFound
from nok.core.storage import Storage
from nok.formats import article_folder, course_folder
from nok.formats.folders import article_writing, course_writing
from nok.formats.problems import FolderProblems


def export_course(storage: Storage, slug: str, target: Path, number: int | None = None) -> int:
    """Write a revision of a course (without a number the current one) into a new or empty folder; return its number.

    Raise NotFound without such a revision, Conflict when the folder holds something already, Invalid when the revision
    cannot be written so that it could be imported again.
    """
    revision = queries.course_revision(slug, number)
    if revision is None:
        raise NotFound(_("There is no such course, or no such revision of it."))
    if not stored_course.keeps_its_markdown(revision):
        raise Invalid(
            _(
                "Revision %(number)s was published before the Markdown of all texts was kept. "
                "Change its folder, if only a comment, import it, and export the revision that this makes.",
                number=revision.number,
            )
        )
    folder = stored_course.read(revision)
    with _NewFolder(target) as place:
        place.write(course_writing.texts(folder))
        place.copy(storage, course_writing.files(folder))
        course_folder.read(place.path)
    return revision.number


def export_article(storage: Storage, slug: str, target: Path, number: int | None = None) -> int:
    """As `export_course`, for an article."""
    revision = queries.article_revision(slug, number)
    if revision is None:
        raise NotFound(_("There is no such article, or no such revision of it."))
    if not stored_article.keeps_its_reviewer(revision):
        raise Invalid(
            _(
                "Revision %(number)s was published before the reviewer's address was kept. "
                "Change its folder, if only a comment, import it, and export the revision that this makes.",
                number=revision.number,
            )
        )
    folder = stored_article.read(revision)
    with _NewFolder(target) as place:
        place.write({article_folder.HEAD: article_writing.text(folder)})
        place.copy(storage, {f"pictures/{picture.name}": picture.path for picture in folder.pictures})
        article_folder.read(place.path)
    return revision.number


class _NewFolder:
    """A folder beside the target that takes its place when all went well, and is thrown away when not."""

    def __init__(self, target: Path) -> None:
        self._target = target.resolve()
        self.path = self._target.with_name(f".{self._target.name}-{secrets.token_hex(4)}")

    def __enter__(self) -> Self:
        if self._target.exists() and not (self._target.is_dir() and not any(self._target.iterdir())):
            raise Conflict(_("%(target)s is there already: name a new or an empty folder.", target=self._target))
        self.path.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        try:
            if kind is None:
                self.path.replace(self._target)
        except OSError as problem:
            raise Conflict(_("%(target)s was taken meanwhile: name another folder.", target=self._target)) from problem
        finally:
            shutil.rmtree(self.path, ignore_errors=True)
        if isinstance(error, FolderProblems):
            message = _("This revision cannot be written as a folder: %(problems)s", problems=error)
            raise Invalid(message) from error

    def write(self, texts: Mapping[str, str]) -> None:
        """Write text files."""
        for name, text in texts.items():
            self._place(name).write_bytes(text.encode())

    def copy(self, storage: Storage, files: Mapping[str, Path]) -> None:
        """Write what the storage keeps under the given keys."""
        for name, key in files.items():
            with self._place(name).open("wb") as file:
                file.writelines(storage.stream(str(key), 0, storage.size(str(key))))

    def _place(self, name: str) -> Path:
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place
