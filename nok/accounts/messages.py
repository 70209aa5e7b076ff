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


@dataclass(frozen=True)
class PasswordResetRequested:
    """Someone forgot a password. `person_id` is 0 for an address without an account: the asking must cost the same."""

    person_id: int


@dataclass(frozen=True)
class PasswordChanged:
    """A password is another now; its owner is told by mail."""

    person_id: int


@dataclass(frozen=True)
class AddressChangeRequested:
    """Someone wants another address; a link goes to the new one, word of it to the old one."""

    change_id: int


@dataclass(frozen=True)
class AddressChanged:
    """A person has another address; the old one is told."""

    change_id: int


@dataclass(frozen=True)
class LicenseNameConfirmed:
    """A person said that their license name is right: certificates that waited for that can be made."""

    person_id: int
