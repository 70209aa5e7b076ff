"""Register, and confirm the address."""

from flask_babel import lazy_gettext as _

from nok.accounts import queries
from nok.accounts.messages import PersonRegistered, RegistrationRepeated, RegistrationRequested
from nok.accounts.models import Person, Registration
from nok.accounts.service import doors, passwords
from nok.accounts.service.people import add_person
from nok.core import outbox
from nok.core.clock import DEFAULT_ZONE, now
from nok.core.db import db
from nok.core.errors import Conflict
from nok.core.tokens import fingerprint

CONFIRM_SECONDS = 24 * 3600


def register(email: str, display_name: str, license_name: str, password: str, network: str) -> None:
    """Ask for an account. What follows comes by mail, so that the page tells no one who has an account.

    Raise TooMany when this computer asks too often; an address that is asked for too often gets no more mail for a
    while, without a word: whoever asks need not know.
    """
    hashed = passwords.hash_password(password)  # also for known addresses: the answer must take the same time
    keys = {"mail": fingerprint(f"mail {queries.fold_email(email)}"), "network": fingerprint(f"register {network}")}
    doors.refuse_while_shut({"network": keys["network"]})
    if doors.wait({"mail": keys["mail"]}) > 0:
        doors.count_failure({"network": keys["network"]})  # of that address only the mails count that are sent
        return
    doors.count_failure(keys)
    known = queries.person_by_email(email)
    if known is not None:
        outbox.publish(RegistrationRepeated(known.id))
        return
    asked = Registration(
        email=queries.fold_email(email), display_name=display_name, license_name=license_name, password_hash=hashed
    )
    db.session.add(asked)
    db.session.flush()
    outbox.publish(RegistrationRequested(asked.id))


def confirm(registration_id: int, password: str, network: str, time_zone: str = DEFAULT_ZONE) -> Person | None:
    """Make the person of a registration, once, for who knows its password; None when the password is another.

    The mail alone does not open the account: someone else may have asked for it, with a password of theirs. Raise
    TooMany after wrong passwords, Conflict when the link was used or the address has an account by now: a link in an
    old mail never signs anyone in. The caller commits.
    """
    keys = {"pair": fingerprint(f"confirm {registration_id} {network}")}
    doors.refuse_while_shut(keys)
    asked = queries.registration(registration_id)
    if not passwords.verify(asked.password_hash, password):
        doors.count_failure(keys)
        return None
    if asked.confirmed_at is not None or queries.person_by_email(asked.email) is not None:
        raise Conflict(_("This address is confirmed and has its account. Sign in with it."))
    person = add_person(asked.email, asked.display_name, asked.license_name, asked.password_hash)
    person.time_zone = time_zone
    asked.confirmed_at = now()
    outbox.publish(PersonRegistered(person.id))
    return person
