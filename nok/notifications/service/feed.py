"""The feed itself: tell a person something, once, and mark what was told as read."""

from flask_babel import gettext as _
from sqlalchemy import update

from nok.core import live
from nok.core.clock import now
from nok.core.db import add_once, db, insert_once
from nok.core.errors import Conflict
from nok.notifications import queries
from nok.notifications.models import Feed, Notification
from nok.notifications.rules import Channel
from nok.notifications.service.readers import reader
from nok.web.i18n import speaking_to


def tell(person_id: int, kind: str, event_key: str, message: str, url: str) -> bool:
    """Add a notification, unless this event was told to this person before; return whether it is new.

    A lazy `message` is put into the person's own words and hours. Suspended and erased people are told nothing, others
    not what they turned off. Raise Conflict when another worker tells the same in this moment: then the whole delivery
    is tried again.
    """
    person = reader(person_id)
    if person is None or queries.by_event(person_id, event_key) is not None:
        return False
    if not queries.is_told(person_id, kind, Channel.FEED):
        return False
    with speaking_to(person.language, person.time_zone):
        words = str(message)
    row = Notification(
        person_id=person_id, seq=_next_seq(person_id), kind=kind, event_key=event_key, message=words, url=url
    )
    if not add_once(row):
        raise Conflict(_("Another worker tells this event."))  # and the sequence taken here is given back
    live.signal(person_id)
    return True


def mark_read(person_id: int) -> None:
    """Mark everything read."""
    db.session.execute(
        update(Notification)
        .where(Notification.person_id == person_id, Notification.read_at.is_(None))
        .values(read_at=now())
    )


def _next_seq(person_id: int) -> int:
    """Take the person's next sequence; the row stays locked until the commit."""
    taken = db.session.scalar(
        update(Feed)
        .where(Feed.person_id == person_id)
        .values(last_seq=Feed.last_seq + 1)
        .returning(Feed.last_seq)
        .execution_options(synchronize_session=False)
    )
    if taken is not None:
        return taken
    insert_once(Feed, person_id=person_id, last_seq=0)  # or someone makes it in the same moment
    return _next_seq(person_id)
