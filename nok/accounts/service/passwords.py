"""Passwords: hashed with argon2id."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from nok.core.tokens import new_token

hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return the argon2id hash."""
    return hasher.hash(password)


def verify(hashed: str, password: str) -> bool:
    """Whether this is the password that was hashed."""
    try:
        return hasher.verify(hashed, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def nobody() -> str:
    """Return the hash that is checked when there is no account, so that the answer takes as long."""
    return hash_password(new_token())
