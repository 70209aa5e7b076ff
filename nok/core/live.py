"""The live channel: a word to the open streams of a person, sent once the transaction has committed.

The word is the person's id and no more. What is new, and whether a sign-in still stands, each stream asks the database:
a word that comes late, twice or astray wakes somebody and does no harm, and one that is lost is made good by the
stream's own look-up.
"""

from sqlalchemy import event
from sqlalchemy.orm import Session

from nok.core.broker import courier
from nok.core.db import db

CHANNEL = "nok:live"
_PENDING = "nok.live"


def signal(person_id: int) -> None:
    """Wake the streams of a person when the current transaction commits."""
    db.session.info.setdefault(_PENDING, []).append(person_id)


@event.listens_for(Session, "after_commit")
def _send(session: Session) -> None:
    if not session.in_nested_transaction():
        for person_id in session.info.pop(_PENDING, ()):
            courier.announce(CHANNEL, str(person_id))


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():  # a savepoint undone takes back nothing that was told outside of it
        session.info.pop(_PENDING, None)
