"""Commands about people."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from nok.cli.application import in_application


@click.command("make-operator")
@click.argument("email")
def make_operator(email: str) -> None:
    """Give the account with this address the operator's role."""
    with in_application(), _said_plainly():
        from nok.accounts import service
        from nok.accounts.models import Role
        from nok.core.db import db

        person = service.set_role(email, Role.OPERATOR)
        db.session.commit()
        click.echo(f"{person.email} is an operator now.")


@click.command("make-teacher")
@click.argument("email")
@click.option("--slug", required=True, help="The teacher's name in addresses, such as naomi-halloran.")
@click.option("--credentials", default="", help='What follows the name, such as "L.Ac., DACM".')
@click.option("--bio", default="", help="Two or three sentences for course pages.")
def make_teacher(email: str, slug: str, credentials: str, bio: str) -> None:
    """Give the account with this address the teacher's role and the profile that course pages show."""
    with in_application(), _said_plainly():
        from nok.accounts import service
        from nok.accounts.models import Role
        from nok.core.db import db

        person = service.set_role(email, Role.TEACHER)
        service.present_teacher(person, slug, credentials, bio)
        db.session.commit()
        click.echo(f"{person.email} is a teacher now.")


@click.command("shut-demo")
def shut_demo() -> None:
    """Shut the demo accounts: nobody can sign in to them any more. What they did stays."""
    with in_application(even_unsafe=True):
        from nok.accounts import service
        from nok.core.db import db

        count = service.shut_demo_accounts()
        db.session.commit()
        click.echo(f"{count} demo accounts are shut.")


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Turn a domain's refusal into one line."""
    from nok.core.errors import DomainError

    try:
        yield
    except DomainError as problem:
        raise click.ClickException(str(problem.message)) from None


COMMANDS = (make_operator, make_teacher, shut_demo)
