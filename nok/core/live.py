"""The live channel: a word to the open streams of a person, sent once the transaction has committed."""

import json
from dataclasses import dataclass

from sqlalchemy import event
from sqlalchemy.orm import Session

from nok.core.broker import courier
from nok.core.db import db

CHANNEL = "nok:live"
_PENDING = "nok.live"


@dataclass(frozen=True)
class Signal:
    """`person_id` has something new; with `ended`, that sign-in (or, when empty, every one of theirs) is over."""

    person_id: int
    ended: bool = False
    sign_in_id: int | None = None

    def encoded(self) -> str:
        """Return the signal as it travels."""
        return json.dumps([self.person_id, self.ended, self.sign_in_id])

    @classmethod
    def decoded(cls, text: str | bytes) -> "Signal":
        """Read what `encoded` wrote."""
        person_id, ended, sign_in_id = json.loads(text)
        return cls(person_id, ended, sign_in_id)


def signal(person_id: int, *, ended: bool = False, sign_in_id: int | None = None) -> None:
    """Send a Signal when the current transaction commits; a lost one is made good by the stream's own look-up."""
    db.session.info.setdefault(_PENDING, []).append(Signal(person_id, ended, sign_in_id))


@event.listens_for(Session, "after_commit")
def _send(session: Session) -> None:
    if not session.in_nested_transaction():
        for item in session.info.pop(_PENDING, ()):
            courier.announce(CHANNEL, item.encoded())


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    if not session.in_nested_transaction():  # a savepoint undone takes back nothing that was told outside of it
        session.info.pop(_PENDING, None)
