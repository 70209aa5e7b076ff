"""Every SELECT over people."""

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from nok.accounts.models import Person, Registration, SignIn, TeacherProfile, Tries
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.tokens import fingerprint


def fold_email(email: str) -> str:
    """Return the address as stored and compared: trimmed, lower case."""
    return email.strip().lower()


def person_by_email(email: str) -> Person | None:
    """Return the person with this address, or None."""
    return db.session.scalar(select(Person).where(Person.email == fold_email(email)))


def person(person_id: int) -> Person:
    """Return the person; raise NotFound."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def live_sign_in(token: str) -> SignIn | None:
    """Return the sign-in that the token opens, its person loaded, unless it ended or the person is suspended."""
    return db.session.scalar(
        select(SignIn)
        .join(SignIn.person)
        .options(joinedload(SignIn.person))
        .where(
            SignIn.token_hash == fingerprint(token),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now(),
            Person.suspended_at.is_(None),
        )
    )


def sign_in_is_live(sign_in_id: int) -> bool:
    """Whether this sign-in still opens anything."""
    return bool(
        db.session.scalar(
            select(
                exists()
                .where(SignIn.id == sign_in_id, SignIn.ended_at.is_(None), SignIn.expires_at > now())
                .where(Person.id == SignIn.person_id, Person.suspended_at.is_(None))
            )
        )
    )


def registration(registration_id: int) -> Registration:
    """Return the registration; raise NotFound."""
    found = db.session.get(Registration, registration_id)
    if found is None:
        raise NotFound
    return found


def teacher_by_email(email: str) -> TeacherProfile | None:
    """Return the profile of the teacher with this address, its person loaded, or None."""
    return db.session.scalar(
        select(TeacherProfile)
        .join(TeacherProfile.person)
        .options(joinedload(TeacherProfile.person))
        .where(Person.email == fold_email(email))
    )


def tries(keys: Iterable[str]) -> dict[str, Tries]:
    """Return what is known of failures, by key."""
    found = db.session.scalars(select(Tries).where(Tries.key.in_(list(keys))))
    return {row.key: row for row in found}


def demo_account_exists() -> bool:
    """Whether an account whose password is printed in the README is in the database."""
    return bool(db.session.scalar(select(exists().where(Person.demo.is_(True), Person.suspended_at.is_(None)))))
