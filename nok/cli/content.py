"""Commands about content: import a course or an article, load the demo."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nok.cli.application import in_application

if TYPE_CHECKING:
    from nok.authoring.service import Imported


@click.command("import-course")
@click.argument("folder", type=click.Path(path_type=Path))
def import_course(folder: Path) -> None:
    """Publish a course folder (docs/course-folder.md). The same folder twice changes nothing."""
    from nok.formats import course_folder

    with in_application() as settings:
        from nok.authoring import service
        from nok.core.storage import open_storage

        _run(lambda: service.import_course(open_storage(settings), course_folder.read(folder)))


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
    """Load the demo into an empty database: people, two courses, an article. Development only."""
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
    click.echo(f"{done.slug}: revision {done.number}, {state}.")


COMMANDS = (import_course, import_article, demo)
