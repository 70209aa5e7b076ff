"""Commands that start processes: all of them under one supervisor, or one by one for production."""

import os
import sys

import click

from nok.cli.application import in_application
from nok.cli.commands import schedule_command, web_command, worker_command
from nok.settings import Settings


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo into an empty database first (development only).")
def serve(*, demo: bool) -> None:
    """Run everything on one machine: migrate, then broker, web, worker and schedule, until Ctrl-C."""
    from nok.cli.supervisor import Supervisor

    sys.exit(Supervisor(Settings.from_env(), demo=demo).run())


@click.command()
def web() -> None:
    """Serve pages and streams."""
    _checked()
    _become(web_command())


@click.command()
@click.option("--queues", default="default,mail,media", show_default=True, help="Which kinds of work to do.")
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 64))
def worker(queues: str, concurrency: int) -> None:
    """Do the work of the queues."""
    _checked()
    _become(worker_command(queues, concurrency))


@click.command()
def schedule() -> None:
    """Start what runs by the clock. Run one of these."""
    _checked()
    _become(schedule_command())


@click.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    with in_application(even_unsafe=True):
        _upgrade()
        click.echo("The database has the schema of this version.")


@click.command()
@click.option("--demo", is_flag=True)
def prepare(*, demo: bool) -> None:
    """Migrate, make the signing key, and load the demo if asked: what `serve` does before it starts the rest."""
    with in_application(even_unsafe=True) as settings:
        from flask import current_app

        from nok.app import refuse_unsafe
        from nok.certificates import service as certificates
        from nok.core.db import db

        _upgrade()
        refuse_unsafe(current_app)
        certificates.ensure_key(settings)
        if demo and not settings.production:
            from nok.cli import demonstration

            demonstration.load(settings)
            db.session.commit()


@click.command()
def check() -> None:
    """Say whether this installation could start: settings, database, schema, storage, key."""
    with in_application() as settings:
        from nok.cli.preflight import problems

        found = problems(settings)
        for problem in found:
            click.echo(f"nok: {problem}", err=True)
        if found:
            sys.exit(1)
        click.echo("Everything is in place.")


def _checked() -> None:
    """End with a sentence when it would not be safe to start."""
    with in_application():
        pass


def _upgrade() -> None:
    from alembic.util.exc import CommandError
    from flask_migrate import upgrade

    from nok.cli.application import with_migrations

    with_migrations()
    try:
        upgrade()
    except CommandError as problem:
        raise click.ClickException(f"The database could not be migrated: {problem}") from None


def _become(command: list[str]) -> None:
    """Replace this process, so that signals reach the server itself."""
    os.execv(command[0], command)  # noqa: S606  our own command line


COMMANDS = (serve, web, worker, schedule, migrate, prepare, check)
