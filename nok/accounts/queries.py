"""Every SELECT over people."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, select
from sqlalchemy.orm import joinedload

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


def live_sign_in(token: str) -> tuple[int, Person] | None:
    """Return the id and the person of the sign-in that the token opens; None if it ended or they are suspended."""
    row = db.session.execute(_live_sign_in(), of_token(token)).one_or_none()
    return (row[0], row[1]) if row else None


def of_token(token: str) -> dict[str, Any]:
    """Return the parameters of `is_live`."""
    return {"token_hash": fingerprint(token), "moment": now()}


def is_live() -> ColumnElement[bool]:
    """Return what makes a sign-in open anything, as a condition on the tables of sign-ins and people."""
    sign_ins, people = SignIn.__table__.c, Person.__table__.c
    return and_(
        sign_ins.token_hash == bindparam("token_hash"),
        sign_ins.ended_at.is_(None),
        sign_ins.expires_at > bindparam("moment"),
        people.suspended_at.is_(None),
    )


@cache  # asked by every request: to build the statement takes longer than to run it
def _live_sign_in() -> "Select[int, Person]":
    return select(SignIn.id, Person).join(SignIn.person).where(is_live())


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
