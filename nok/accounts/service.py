"""The verbs of accounts: register, confirm, sign in and out, change the profile."""

from datetime import timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_babel import lazy_gettext as _
from sqlalchemy import case, delete, update

from nok.accounts import queries, rules
from nok.accounts.messages import PersonRegistered, RegistrationRepeated, RegistrationRequested
from nok.accounts.models import Person, Registration, Role, SignIn, TeacherProfile, Tries
from nok.core import audit, live, outbox
from nok.core.clock import now
from nok.core.db import add_once, db, insert_once, reading
from nok.core.errors import Invalid, NotFound, TooMany
from nok.core.tokens import fingerprint, new_token

CONFIRM_SECONDS = 24 * 3600
SIGN_IN_DAYS = 30
_hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the argon2id hash."""
    return _hasher.hash(password)


def register(email: str, display_name: str, license_name: str, password: str, network: str) -> None:
    """Ask for an account. What follows comes by mail, so that the page tells no one who has an account.

    Raise TooMany when this computer asks too often; an address that is asked for too often gets no more mail for a
    while, without a word: whoever asks need not know.
    """
    hashed = hash_password(password)  # also for known addresses: the answer must take the same time
    keys = {"mail": fingerprint(f"mail {queries.fold_email(email)}"), "network": fingerprint(f"register {network}")}
    _refuse_while_shut({"network": keys["network"]})
    shut = _wait({"mail": keys["mail"]}) > 0
    _count_failure(keys)
    if shut:
        return
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


def confirm(registration_id: int, password: str, network: str) -> Person | None:
    """Make the person of a registration, once, for who knows its password; None when the password is another.

    The mail alone does not open the account: someone else may have asked for it, with a password of theirs. Raise
    TooMany after wrong passwords, Invalid when the address has become another account's. The caller commits.
    """
    keys = {"pair": fingerprint(f"confirm {registration_id} {network}")}
    _refuse_while_shut(keys)
    asked = queries.registration(registration_id)
    if not _verify(asked.password_hash, password):
        _count_failure(keys)
        return None
    known = queries.person_by_email(asked.email)
    if known is not None:
        if asked.confirmed_at is None:
            raise Invalid(_("This address has an account already. Sign in with it."))
        return known
    person = add_person(asked.email, asked.display_name, asked.license_name, asked.password_hash)
    asked.confirmed_at = now()
    outbox.publish(PersonRegistered(person.id))
    return person


def add_person(
    email: str,
    display_name: str,
    license_name: str,
    password_hash: str,
    role: Role = Role.STUDENT,
    *,
    demo: bool = False,
) -> Person:
    """Add an account; raise Invalid when the address has one."""
    person = Person(
        email=queries.fold_email(email),
        display_name=display_name,
        license_name=license_name,
        password_hash=password_hash,
        role=role,
        demo=demo,
    )
    if not add_once(person):
        raise Invalid(_("This address has an account already. Sign in with it."))
    audit.record("person.added", f"person:{person.id}", role=role.value)
    return person


def present_teacher(person: Person, slug: str, credentials: str, bio: str) -> TeacherProfile:
    """Give a teacher the profile that course pages show; raise Invalid for a slug that cannot stand in an address."""
    if not rules.is_slug(slug):
        raise Invalid(_("Write the slug in small letters, digits and single hyphens, such as naomi-halloran."))
    profile = db.session.get(TeacherProfile, person.id) or TeacherProfile(person_id=person.id)
    profile.slug, profile.credentials, profile.bio = slug, credentials, bio
    db.session.add(profile)
    return profile


def check_password(email: str, password: str, network: str) -> Person | None:
    """Return the person whose address and password these are, or None; raise TooMany while the door is shut.

    The caller commits in either case: a failure is counted in the same transaction.
    """
    keys = _door_keys(email, network)
    with reading():
        _refuse_while_shut(keys)
        person = queries.person_by_email(email)
        hashed = person.password_hash if person else _nobody()
        db.session.rollback()  # the hash takes long on purpose: nobody should wait for it at the database
    right = _verify(hashed, password)
    person = queries.person_by_email(email)
    if person is None or not right or person.suspended_at is not None:
        _count_failure(keys)
        return None
    db.session.execute(delete(Tries).where(Tries.key == keys["pair"]))
    if _hasher.check_needs_rehash(person.password_hash):
        person.password_hash = hash_password(password)
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
    sign_in = queries.live_sign_in(token)
    if sign_in is None:
        return
    db.session.execute(update(SignIn).where(SignIn.id == sign_in.id).values(ended_at=now()))
    live.signal(sign_in.person_id)  # its open streams look, and end
    audit.record("sign_in.ended", f"person:{sign_in.person_id}", actor_id=sign_in.person_id)


def change_profile(person: Person, display_name: str, license_name: str, time_zone: str) -> None:
    """Change how a person is called. Certificates already issued keep the name they were issued with."""
    if license_name != person.license_name:
        audit.record(
            "person.license_name",
            f"person:{person.id}",
            actor_id=person.id,
            old=person.license_name,
            new=license_name,
        )
    person.display_name, person.license_name, person.time_zone = display_name, license_name, time_zone


def set_role(email: str, role: Role) -> Person:
    """Give the account with this address a role; raise NotFound."""
    person = queries.person_by_email(email)
    if person is None:
        raise NotFound(_("No account has this address."))
    audit.record("person.role", f"person:{person.id}", old=person.role.value, new=role.value)
    person.role = role
    return person


def shut_demo_accounts() -> int:
    """Suspend every open demo account and return how many there were; open sign-ins end with their next request."""
    shut = db.session.scalars(
        update(Person)
        .where(Person.demo.is_(True), Person.suspended_at.is_(None))
        .values(suspended_at=now())
        .returning(Person.id)
        .execution_options(synchronize_session=False)
    ).all()
    for person_id in shut:
        audit.record("person.suspended", f"person:{person_id}", reason="demo")
    return len(shut)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    """Return the hash that is checked when there is no account, so that the answer takes as long."""
    return hash_password(new_token())


def _door_keys(email: str, network: str) -> dict[str, str]:
    address = queries.fold_email(email)
    return {
        "pair": fingerprint(f"pair {address} {network}"),
        "network": fingerprint(f"network {network}"),
        "account": fingerprint(f"account {address}"),
    }


def _refuse_while_shut(keys: dict[str, str]) -> None:
    wait = _wait(keys)
    if wait > 0:
        raise TooMany(_("Too many tries. Wait %(wait)s seconds, then try again.", wait=wait), wait)


def _wait(keys: dict[str, str]) -> int:
    """Return how many seconds the doors with these keys are still shut."""
    known, moment = queries.tries(keys.values()), now()
    waits = (
        rules.wait_seconds(door, known[key].failures, (moment - known[key].last_at).total_seconds())
        for door, key in keys.items()
        if key in known
    )
    return max(waits, default=0)


def _count_failure(keys: dict[str, str]) -> None:
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
