"""Tables of people and their sign-ins."""

import enum
from datetime import date, datetime

from sqlalchemy import BigInteger, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.core.db import BigId, Created, Id, Model, Prose, UtcDateTime, words_of


class Role(enum.StrEnum):
    """What a person may be. A teacher or operator may learn, too."""

    STUDENT = "student"
    TEACHER = "teacher"
    OPERATOR = "operator"


class Person(Model):
    """An account. `license_name` is the name on certificates, as the license shows it.

    `license_name_confirmed_at` is when its owner said that it is right; a change of the name empties it.
    """

    __tablename__ = "person"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    license_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[Role] = mapped_column(words_of(Role))
    license_name_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    time_zone: Mapped[str] = mapped_column(String(60), default="UTC")
    language: Mapped[str] = mapped_column(String(20), default="", server_default="")
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Created]
    suspended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def is_authenticated(self) -> bool:
        """Whether someone is signed in; Flask-Login's anonymous user answers no."""
        return True


class TeacherProfile(Model):
    """How a teacher is presented; `credentials` follow the name, as in "L.Ac., DACM"."""

    __tablename__ = "teacher_profile"

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    credentials: Mapped[str] = mapped_column(String(200))
    bio: Mapped[Prose]
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class License(Model):
    """A professional license or certification. `board_code` is a code such as `US-CA-CAB`, `state` two letters."""

    __tablename__ = "license"
    __table_args__ = (UniqueConstraint("person_id", "board_code", "number"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"))
    board_code: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(2))
    expires_on: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[Created]


class SignIn(Model):
    """One browser's sign-in. Only the token's fingerprint is stored."""

    __tablename__ = "sign_in"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[Created]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    user_agent: Mapped[str] = mapped_column(String(300))
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Registration(Model):
    """An account asked for; it becomes a person when the link in the mail is followed."""

    __tablename__ = "registration"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), index=True)
    display_name: Mapped[str] = mapped_column(String(120))
    license_name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[Created]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AddressChange(Model):
    """A new address asked for; it becomes the person's when the link in the mail to it is followed."""

    __tablename__ = "address_change"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    old_email: Mapped[str] = mapped_column(String(254))
    new_email: Mapped[str] = mapped_column(String(254))
    created_at: Mapped[Created]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Tries(Model):
    """Failures at one door by one key (a fingerprint of an address, a network, or both)."""

    __tablename__ = "tries"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
