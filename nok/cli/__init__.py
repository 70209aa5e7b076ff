"""`nok`: serve, its parts one by one, migrate, import, and the rest of what an operator does at a keyboard."""

import sys

import click

from nok.cli import boards, content, people, processes
from nok.settings import SettingsError


@click.group()
def cli() -> None:
    """Net of Knowledge: courses, seat time and certificates for licensed acupuncturists."""


for command in (*processes.COMMANDS, *boards.COMMANDS, *content.COMMANDS, *people.COMMANDS):
    cli.add_command(command)


def main() -> None:
    """Run the command line; a setting that makes no sense ends it with one sentence, not a traceback."""
    try:
        cli()
    except SettingsError as problem:
        click.echo(f"nok: {problem}", err=True)
        sys.exit(2)
