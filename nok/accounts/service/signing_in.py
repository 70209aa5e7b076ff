"""Sign in and out."""

from datetime import timedelta

from sqlalchemy import delete, update

from nok.accounts import queries
from nok.accounts.models import Person, SignIn, Tries
from nok.accounts.service import doors, passwords
from nok.core import audit, live
from nok.core.clock import now
from nok.core.db import db, reading
from nok.core.errors import NotFound
from nok.core.tokens import SIGN_IN_DAYS, fingerprint, new_token


def check_password(email: str, password: str, network: str) -> Person | None:
    """Return the person whose address and password these are, or None; raise TooMany while the door is shut.

    The caller commits in either case: a failure is counted in the same transaction.
    """
    keys = doors.door_keys(email, network)
    with reading():
        doors.refuse_while_shut(keys)
        person = queries.person_by_email(email)
        hashed = person.password_hash if person else passwords.nobody()
        db.session.rollback()  # the hash takes long on purpose: nobody should wait for it at the database
    right = passwords.verify(hashed, password)
    person = queries.person_by_email(email)
    if person is None or not right or person.suspended_at is not None:
        doors.count_failure(keys)
        return None
    db.session.execute(delete(Tries).where(Tries.key == keys["pair"]))
    if passwords.hasher.check_needs_rehash(person.password_hash):
        person.password_hash = passwords.hash_password(password)
    return person


def start_sign_in(person: Person, user_agent: str) -> str:
    """Open a sign-in and return its token, which is stored nowhere but in the cookie."""
    token = new_token()
    db.session.add(
        SignIn(
            token_hash=fingerprint(token),
            person_id=person.id,
            expires_at=now() + timedelta(days=SIGN_IN_DAYS),
            user_agent=user_agent[:300],
        )
    )
    audit.record("sign_in.started", f"person:{person.id}", actor_id=person.id)
    return token


def end_sign_in(token: str) -> None:
    """End one sign-in; its open streams close."""
    found = queries.live_sign_in(token)
    if found is None:
        return
    sign_in_id, person = found
    db.session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(ended_at=now()))
    live.signal(person.id)  # its open streams look, and end
    audit.record("sign_in.ended", f"person:{person.id}", actor_id=person.id)


def end_one_sign_in(person: Person, sign_in_id: int) -> None:
    """End the sign-in of one of the person's browsers; raise NotFound when it is not theirs or over."""
    ended = db.session.scalar(
        update(SignIn)
        .where(SignIn.id == sign_in_id, SignIn.person_id == person.id, SignIn.ended_at.is_(None))
        .values(ended_at=now())
        .returning(SignIn.id)
        .execution_options(synchronize_session=False)
    )
    if ended is None:
        raise NotFound
    live.signal(person.id)
    audit.record("sign_in.ended", f"person:{person.id}", actor_id=person.id)


def end_all_sign_ins(person: Person, *, actor: Person | None = None) -> None:
    """End the person's sign-ins in every browser; their open streams close."""
    statement = update(SignIn).where(SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    db.session.execute(statement.values(ended_at=now()).execution_options(synchronize_session=False))
    live.signal(person.id)
    audit.record("sign_in.all_ended", f"person:{person.id}", actor_id=(actor or person).id)
