"""Commands about content: import and export a course or an article, load the demo."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nok.cli.application import in_application

if TYPE_CHECKING:
    from nok.authoring.service import Imported
    from nok.core.storage import Storage
    from nok.formats.folders.sources import CourseFolder

    Export = Callable[[Storage, str, Path, int | None], int]


@click.command("import-course")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--teacher", default="", metavar="EMAIL", help="Whose course it becomes, for a folder without course.toml."
)
@click.option("--slug", default="", help="The course's address, for a folder without course.toml.")
@click.option("--language", default="en", help="The language of the text, for a folder without course.toml.")
@click.option("--dry-run", is_flag=True, help="Say what would be imported, and import nothing.")
def import_course(folder: Path, teacher: str, slug: str, language: str, *, dry_run: bool) -> None:
    """Publish a course folder, or a folder of plain Markdown (docs/course-folder.md). Twice changes nothing."""
    from nok.formats import course_folder
    from nok.formats.problems import FolderProblems

    plain = folder.is_dir() and not (folder / course_folder.HEAD).exists()
    if plain and not teacher:
        told = "nothing was imported: there is no course.toml. For plain Markdown say whose it is: --teacher EMAIL."
        raise click.ClickException(told)
    try:
        course = _read_plain(folder, teacher, slug, language) if plain else course_folder.read(folder)
    except FolderProblems as problems:
        raise click.ClickException(f"nothing was imported:\n{problems}") from None
    if dry_run:
        _show(course)
        return
    with in_application() as settings:
        from nok.authoring import service
        from nok.core.storage import open_storage

        _run(lambda: service.import_course(open_storage(settings), course))


@click.command("export-course")
@click.argument("slug")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--revision", type=int, default=None, help="Which revision; without it the current one.")
def export_course(slug: str, folder: Path, revision: int | None) -> None:
    """Write a course into a new or empty folder that can be imported (docs/course-folder.md)."""
    from nok.authoring import service

    _export(service.export_course, slug, folder, revision)


@click.command("export-article")
@click.argument("slug")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--revision", type=int, default=None, help="Which revision; without it the current one.")
def export_article(slug: str, folder: Path, revision: int | None) -> None:
    """Write an article into a new or empty folder that can be imported (docs/course-folder.md)."""
    from nok.authoring import service

    _export(service.export_article, slug, folder, revision)


@click.command("import-article")
@click.argument("folder", type=click.Path(path_type=Path))
def import_article(folder: Path) -> None:
    """Publish an article folder (docs/course-folder.md). The same folder twice changes nothing."""
    from nok.formats import article_folder

    with in_application() as settings:
        from nok.authoring import service
        from nok.core.storage import open_storage

        _run(lambda: service.import_article(open_storage(settings), article_folder.read(folder)))


@click.command()
def demo() -> None:
    """Load the demo into an empty database: courses, articles, people and their past. Development only."""
    with in_application() as settings:
        from nok.cli import demonstration
        from nok.core.db import db

        if settings.production:
            raise click.ClickException("The demo's password is public: it is loaded in development only.")
        loaded = demonstration.load(settings)
        db.session.commit()
        click.echo("The demo is loaded." if loaded else "There are people in the database: the demo is left alone.")


def _run(work: "Callable[[], Imported]") -> None:
    """Do an import; say every problem, one a line, or what was published."""
    from nok.core.db import db
    from nok.core.errors import DomainError
    from nok.formats.problems import FolderProblems

    try:
        done = work()
    except FolderProblems as problems:
        raise click.ClickException(f"nothing was imported:\n{problems}") from None
    except DomainError as problem:
        raise click.ClickException(f"nothing was imported: {problem.message}") from None
    db.session.commit()
    state = "published" if done.new else "unchanged"
    beside = f"; {' and '.join(done.changed)} changed" if done.changed else ""
    click.echo(f"{done.slug}: revision {done.number}, {state}{beside}.")


def _read_plain(folder: Path, teacher: str, slug: str, language: str) -> "CourseFolder":
    """Return the course in a folder of plain Markdown; say what was left out of it."""
    from nok.formats import plain_folder

    read = plain_folder.read(folder, teacher, slug, language)
    for note in read.notes:
        click.echo(f"note: {note}", err=True)
    return read.course


def _show(course: "CourseFolder") -> None:
    """Say what a course consists of."""
    click.echo(f"{course.slug}: {course.title}")
    for section in course.sections:
        click.echo(f"  {section.title}")
        for lesson in section.lessons:
            click.echo(f"    {lesson.slug} ({lesson.kind}, {lesson.minutes} min): {lesson.title}")
    click.echo(f"{len(course.pictures)} pictures. Nothing was imported.")


def _export(work: "Export", slug: str, folder: Path, revision: int | None) -> None:
    """Do an export; say which revision was written, or why none was."""
    with in_application() as settings:
        from nok.core.db import reading
        from nok.core.errors import DomainError
        from nok.core.storage import open_storage

        try:
            with reading():
                number = work(open_storage(settings), slug, folder, revision)
        except DomainError as problem:
            raise click.ClickException(f"nothing was exported: {problem.message}") from None
        except OSError as problem:
            raise click.ClickException(f"nothing was exported: {problem}") from None
        click.echo(f"{slug}: revision {number}, exported to {folder}.")


COMMANDS = (import_course, export_course, import_article, export_article, demo)
