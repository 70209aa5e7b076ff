"""What people want to be told, and the link in a mail that turns off its kind."""

from collections.abc import Collection, Iterable

from nok.core import audit, tokens
from nok.core.clock import now
from nok.core.db import db, insert_once
from nok.core.errors import NotFound
from nok.notifications import queries
from nok.notifications.models import NotificationChoice
from nok.notifications.rules import Channel, Kind, can_be_chosen

_PURPOSE = "no-more-mail"


def choose(person_id: int, kinds: Iterable[Kind], wanted: Collection[tuple[str, str]]) -> None:
    """Keep for each channel of the `kinds` offered, where it can be turned off, whether it is among the `wanted`."""
    before = queries.choices(person_id)
    for kind in kinds:
        for channel in kind.channels:
            key = (kind.code, str(channel))
            if can_be_chosen(*key) and (key in wanted) != before.get(key, True):
                _keep(person_id, *key, wanted=key in wanted)


def off_link(secret_key: str, person_id: int, kind: str) -> str:
    """Return the path of the page that turns off mail of a kind for a person, without a sign-in."""
    return f"/notifications/off/{tokens.sign_for_good(secret_key, _PURPOSE, [person_id, kind])}"


def read_off_link(secret_key: str, token: str) -> tuple[int, str]:
    """Return the person and the kind of a link; raise NotFound for one that we did not write."""
    found = tokens.read_for_good(secret_key, _PURPOSE, token)
    if not isinstance(found, list) or not can_be_chosen(found[1], Channel.MAIL):
        raise NotFound
    return int(found[0]), str(found[1])


def turn_off_mail(person_id: int, kind: str) -> None:
    """Send no more mail of this kind, and of no other; the feed goes on."""
    if queries.is_told(person_id, kind, Channel.MAIL):
        _keep(person_id, kind, Channel.MAIL, wanted=False)
        audit.record("mail.turned_off", f"person:{person_id}", kind=kind)


def _keep(person_id: int, kind: str, channel: str, *, wanted: bool) -> None:
    key = {"person_id": person_id, "kind": kind, "channel": channel}
    insert_once(NotificationChoice, **key, wanted=wanted, changed_at=now())
    row = db.session.get_one(NotificationChoice, tuple(key.values()))
    if row.wanted != wanted:
        row.wanted, row.changed_at = wanted, now()
