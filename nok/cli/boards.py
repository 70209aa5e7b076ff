"""The command about boards."""

from pathlib import Path

import click

from nok.cli.application import in_application


@click.command("load-boards")
@click.argument("file", type=click.Path(path_type=Path))
def load_boards(file: Path) -> None:
    """Load a boards file (docs/boards-file.md). The same file twice changes nothing."""
    from nok.formats import boards_file
    from nok.formats.problems import FolderProblems

    with in_application():
        from nok.core.db import db
        from nok.credits import service

        try:
            done = service.load_boards(boards_file.read(file))
        except FolderProblems as problems:
            raise click.ClickException(f"nothing was loaded:\n{problems}") from None
        db.session.commit()
        click.echo(f"boards: {done.added} added, {done.changed} changed, {done.unchanged} as they were.")


COMMANDS = (load_boards,)
