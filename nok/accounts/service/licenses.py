"""The licenses that a person holds, as they write them down."""

from datetime import date

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from nok.accounts import queries
from nok.accounts.models import License, Person
from nok.core import audit
from nok.core.db import add_once, db
from nok.core.errors import Conflict, Invalid

MOST = 50


def add_license(person: Person, board_code: str, number: str, state: str, expires_on: date | None) -> License:
    """Write down a license; raise Conflict when it is there already, Invalid when there are too many.

    `state` is two letters or empty. That the number looks like one of the board is for the caller to check.
    """
    if len(queries.licenses(person.id)) >= MOST:
        raise Invalid(_("You have %(most)s licenses here. Remove one that has ended first.", most=MOST))
    held = License(person_id=person.id, board_code=board_code, number=number, state=state, expires_on=expires_on)
    if not add_once(held):
        raise Conflict(_already_there())
    audit.record("license.added", f"person:{person.id}", actor_id=person.id, board=board_code, number=number)
    return held


def change_license(held: License, board_code: str, number: str, state: str, expires_on: date | None) -> None:
    """Write a license down anew, as in `add_license`; raise Conflict when it would stand there twice."""
    person_id, old = held.person_id, _written(held)
    try:
        with db.session.begin_nested():
            held.board_code, held.number, held.state, held.expires_on = board_code, number, state, expires_on
    except IntegrityError:
        raise Conflict(_already_there()) from None
    if (new := _written(held)) != old:
        audit.record("license.changed", f"person:{person_id}", actor_id=person_id, old=old, new=new)


def remove_license(held: License) -> None:
    """Forget a license."""
    db.session.delete(held)
    person = f"person:{held.person_id}"
    audit.record("license.removed", person, actor_id=held.person_id, board=held.board_code, number=held.number)


def _written(held: License) -> str:
    """Return all that a license says, for the log."""
    until = f"until {held.expires_on}" if held.expires_on else ""
    return ", ".join(filter(None, (f"{held.board_code} {held.number}", held.state, until)))


def _already_there() -> str:
    return _("This license is in your list already. Change it there.")
