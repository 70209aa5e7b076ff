"""What accounts tell the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RegistrationRequested:
    """Someone asked for an account; the confirmation mail is due."""

    registration_id: int


@dataclass(frozen=True)
class RegistrationRepeated:
    """Someone asked for an account with an address that has one; its owner is told by mail."""

    person_id: int


@dataclass(frozen=True)
class PersonRegistered:
    """A person confirmed their address and has an account."""

    person_id: int
