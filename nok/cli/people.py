"""Commands about people."""

import click

from nok.cli.application import in_application


@click.command("make-operator")
@click.argument("email")
def make_operator(email: str) -> None:
    """Give the account with this address the operator's role."""
    with in_application():
        from nok.accounts import service
        from nok.accounts.models import Role
        from nok.core.db import db
        from nok.core.errors import DomainError

        try:
            person = service.set_role(email, Role.OPERATOR)
        except DomainError as problem:
            raise click.ClickException(str(problem.message)) from None
        db.session.commit()
        click.echo(f"{person.email} is an operator now.")


COMMANDS = (make_operator,)
