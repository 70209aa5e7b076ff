"""Doors that shut for a while after failures."""

from datetime import timedelta

from flask_babel import lazy_gettext as _
from sqlalchemy import case, update

from nok.accounts import queries, rules
from nok.accounts.models import Tries
from nok.core.clock import now
from nok.core.db import db, insert_once
from nok.core.errors import TooMany
from nok.core.tokens import fingerprint


def door_keys(email: str, network: str) -> dict[str, str]:
    """Return the doors of a sign-in: the address from this computer, the computer, the address from anywhere."""
    address = queries.fold_email(email)
    return {
        "pair": fingerprint(f"pair {address} {network}"),
        "network": fingerprint(f"network {network}"),
        "account": fingerprint(f"account {address}"),
    }


def refuse_while_shut(keys: dict[str, str]) -> None:
    """Raise TooMany while one of the doors is shut."""
    seconds = wait(keys)
    if seconds > 0:
        raise TooMany(_("Too many tries. Wait %(wait)s seconds, then try again.", wait=seconds), seconds)


def wait(keys: dict[str, str]) -> int:
    """Return how many seconds the doors with these keys are still shut."""
    known, moment = queries.tries(keys.values()), now()
    waits = (
        rules.wait_seconds(door, known[key].failures, (moment - known[key].last_at).total_seconds())
        for door, key in keys.items()
        if key in known
    )
    return max(waits, default=0)


def count_failure(keys: dict[str, str]) -> None:
    """Count one failure at each of the doors."""
    moment = now()
    for key in set(keys.values()).difference(queries.tries(keys.values())):
        insert_once(Tries, key=key, failures=0, last_at=moment)
    fresh = Tries.last_at >= moment - timedelta(seconds=rules.FORGET_SECONDS)
    db.session.execute(
        update(Tries)
        .where(Tries.key.in_(keys.values()))
        # Counted by the database: tries that come at once must all count.
        .values(failures=case((fresh, Tries.failures + 1), else_=1), last_at=moment)
        .execution_options(synchronize_session=False)
    )
