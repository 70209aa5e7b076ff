"""Every SELECT over people."""

from collections.abc import Iterable, Sequence
from functools import cache

from sqlalchemy import Select, bindparam, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from nok.accounts.models import AddressChange, License, Person, Registration, Role, SignIn, TeacherProfile, Tries
from nok.core.clock import now
from nok.core.db import db, locked
from nok.core.errors import NotFound
from nok.core.tokens import fingerprint

MOST_SIGN_INS = 50  # of those that are listed


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


def locked_person(person_id: int) -> Person | None:
    """Return the person as they are now, locked until the commit, or None."""
    return db.session.scalar(locked(select(Person).where(Person.id == person_id)))


def lock_operators() -> Sequence[int]:
    """Return the operators that are not suspended; until the commit they stay what they are for everybody else."""
    statement = select(Person.id).where(Person.role == Role.OPERATOR, Person.suspended_at.is_(None))
    return db.session.scalars(locked(statement.order_by(Person.id))).all()


def live_sign_in(token: str) -> SignIn | None:
    """Return the sign-in that the token opens, its person loaded, unless it ended or the person is suspended."""
    return db.session.scalar(_live_sign_in(), {"token_hash": fingerprint(token), "moment": now()})


@cache  # asked by every request: to build the statement takes longer than to run it
def _live_sign_in() -> "Select[SignIn]":
    return (
        select(SignIn)
        .join(SignIn.person)
        .options(contains_eager(SignIn.person))
        .where(
            SignIn.token_hash == bindparam("token_hash"),
            SignIn.ended_at.is_(None),
            SignIn.expires_at > bindparam("moment"),
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


def open_sign_ins(person_id: int) -> Sequence[SignIn]:
    """Return the sign-ins of a person that still open something, the newest first, at most MOST_SIGN_INS."""
    return db.session.scalars(
        select(SignIn)
        .where(SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.expires_at > now())
        .order_by(SignIn.id.desc())
        .limit(MOST_SIGN_INS)
    ).all()


def registration(registration_id: int) -> Registration:
    """Return the registration; raise NotFound."""
    found = db.session.get(Registration, registration_id)
    if found is None:
        raise NotFound
    return found


def address_change(change_id: int) -> AddressChange:
    """Return the change of address; raise NotFound."""
    found = db.session.get(AddressChange, change_id)
    if found is None:
        raise NotFound
    return found


def newest_address_change(person_id: int) -> AddressChange | None:
    """Return the change that the person asked for last, or None."""
    return db.session.scalar(
        select(AddressChange).where(AddressChange.person_id == person_id).order_by(AddressChange.id.desc()).limit(1)
    )


def licenses(person_id: int) -> Sequence[License]:
    """Return the licenses of a person: those that expire first come first, those that never do last."""
    return db.session.scalars(
        select(License)
        .where(License.person_id == person_id)
        .order_by(License.expires_on.is_(None), License.expires_on, License.board_code, License.number)
    ).all()


def license_of(person_id: int, license_id: int) -> License:
    """Return the license when it is this person's; raise NotFound."""
    found = db.session.scalar(select(License).where(License.id == license_id, License.person_id == person_id))
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
