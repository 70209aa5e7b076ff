"""Forgotten and changed passwords, changed addresses.

Links in mail are bound to the password and the address as they are: when either changes, links from before are dead.
"""

from flask_babel import lazy_gettext as _
from sqlalchemy.exc import IntegrityError

from nok.accounts import queries
from nok.accounts.messages import AddressChanged, AddressChangeRequested, PasswordChanged, PasswordResetRequested
from nok.accounts.models import AddressChange, Person
from nok.accounts.service import doors, passwords
from nok.accounts.service.signing_in import end_all_sign_ins
from nok.core import audit, outbox, tokens
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Forbidden, Invalid
from nok.core.tokens import fingerprint

RESET_SECONDS = 3600
ADDRESS_SECONDS = 24 * 3600


def ask_reset(email: str, network: str) -> None:
    """Ask for a link that sets another password. Whether the address has an account changes nothing that is done here.

    Raise TooMany when this computer asks too often; an address that is asked for too often gets no more mail for a
    while, without a word.
    """
    keys = {"mail": fingerprint(f"forgot {queries.fold_email(email)}"), "network": fingerprint(f"forgot {network}")}
    doors.refuse_while_shut({"network": keys["network"]})
    person = queries.person_by_email(email)
    if doors.wait({"mail": keys["mail"]}) > 0:
        # Of an address only the mails count that are sent: nobody can keep its door shut for somebody else.
        doors.count_failure({"network": keys["network"]})
        return
    doors.count_failure(keys)
    outbox.publish(PasswordResetRequested(person.id if person else 0))


def reset_token(secret_key: str, person: Person) -> str:
    """Return the token of the link that sets another password."""
    return tokens.sign(secret_key, "reset", [person.id, _as_they_are(person)])


def person_of_reset(secret_key: str, token: str, *, lock: bool = False) -> Person | None:
    """Return whose password the token may set, or None when it was used, is too old, or was never ours."""
    signed = tokens.read(secret_key, "reset", token, max_age=RESET_SECONDS)
    if not signed:
        return None
    return _still_bound(queries.locked_person(signed[0]) if lock else queries.person(signed[0]), signed[1])


def reset_password(secret_key: str, token: str, password: str, network: str) -> bool:
    """Set the password that the link was asked for, once, and end every sign-in; return False for a dead link.

    Raise TooMany after many dead links from one computer. The caller commits in either case.
    """
    keys = {"network": fingerprint(f"reset {network}")}
    doors.refuse_while_shut(keys)
    if person_of_reset(secret_key, token) is None:
        doors.count_failure(keys)
        return False
    db.session.rollback()  # the hash takes long on purpose: nobody should wait for it at the database
    hashed = passwords.hash_password(password)
    person = person_of_reset(secret_key, token, lock=True)
    if person is None:  # someone was faster with the same link
        return False
    _set_password(person, hashed)
    return True


def change_password(person: Person, current: str, password: str) -> bool:
    """Set another password for who knows the present one, and end every sign-in; return False for a wrong one.

    Raise TooMany after wrong ones. The caller commits in either case.
    """
    if not _knows_password(person, current):
        return False
    hashed = passwords.hash_password(password)
    _set_password(person, hashed)
    return True


def ask_address(person: Person, email: str, current: str) -> bool:
    """Ask for another address; it counts when the link in the mail is followed. Return False for a wrong password.

    An address that has an account is answered like any other: the link then says so to who reads its mail. Raise
    TooMany after wrong passwords and after many such mails. The caller commits in either case.
    """
    keys = {"mail": fingerprint(f"address {person.id}")}
    doors.refuse_while_shut(keys)
    if not _knows_password(person, current):
        return False
    doors.count_failure(keys)
    change = AddressChange(person_id=person.id, old_email=person.email, new_email=queries.fold_email(email))
    db.session.add(change)
    db.session.flush()
    audit.record("person.address_asked", f"person:{person.id}", actor_id=person.id, change=change.id)
    outbox.publish(AddressChangeRequested(change.id))
    return True


def address_token(secret_key: str, change: AddressChange, person: Person) -> str:
    """Return the token of the link that makes the new address the person's."""
    return tokens.sign(secret_key, "address", [change.id, _as_they_are(person)])


def address_change_of(secret_key: str, token: str, person: Person) -> AddressChange:
    """Return the change that the link stands for; raise Invalid when it is dead, Forbidden when it is another's.

    Only who is signed in can follow it: a mistyped address must not hand the account to whoever reads mail there.
    """
    signed = tokens.read(secret_key, "address", token, max_age=ADDRESS_SECONDS)
    newest = queries.newest_address_change(person.id)
    if signed and (newest is None or newest.id != signed[0]):
        if queries.address_change(signed[0]).person_id != person.id:
            raise Forbidden(_("This link belongs to another account. Sign in with that one, then open it again."))
    elif signed and newest is not None:
        pressed_twice = newest.confirmed_at is not None and person.email == newest.new_email
        if pressed_twice or (newest.confirmed_at is None and _still_bound(person, signed[1])):
            return newest
    raise Invalid(_("This link does not count any more. Ask for a new one under Security."))


def confirm_address(secret_key: str, token: str, person: Person) -> None:
    """Make the new address the person's; raise Invalid when the link is dead or the address has another account."""
    queries.locked_person(person.id)
    change = address_change_of(secret_key, token, person)
    if change.confirmed_at is not None:
        return
    try:
        with db.session.begin_nested():
            person.email = change.new_email
    except IntegrityError:
        raise Invalid(_("The new address has an account already. Your address stays as it was.")) from None
    change.confirmed_at = now()
    audit.record("person.address", f"person:{person.id}", actor_id=person.id, change=change.id)
    outbox.publish(AddressChanged(change.id))


def _knows_password(person: Person, password: str) -> bool:
    """Whether this is the person's password; a wrong one is counted: a browser left open must not tell it."""
    keys = {"pair": fingerprint(f"current {person.id}")}
    doors.refuse_while_shut(keys)
    hashed = person.password_hash
    db.session.rollback()  # as above
    right = passwords.verify(hashed, password)
    if not right:
        doors.count_failure(keys)
    return right


def _set_password(person: Person, hashed: str) -> None:
    person.password_hash = hashed
    end_all_sign_ins(person)
    audit.record("person.password", f"person:{person.id}", actor_id=person.id)
    outbox.publish(PasswordChanged(person.id))


def _as_they_are(person: Person) -> str:
    return fingerprint(f"{person.email} {person.password_hash}")


def _still_bound(person: Person | None, bound_to: str) -> Person | None:
    alive = person is not None and person.suspended_at is None and _as_they_are(person) == bound_to
    return person if alive else None
