"""Signed links and random tokens."""

import hashlib
import secrets
from typing import Any

from itsdangerous import BadData, URLSafeSerializer, URLSafeTimedSerializer

SIGN_IN_DAYS = 30  # how long the token of a sign-in stands, in the database and as a cookie


def new_token() -> str:
    """Return a random token (256 bits) for a cookie."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """Return what is stored of a token: a leaked table opens no session."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign(secret_key: str, purpose: str, value: Any) -> str:
    """Return `value` (JSON) as a signed, URL-safe text that `read` accepts for the same purpose only."""
    return str(URLSafeTimedSerializer(secret_key, salt=f"nok.{purpose}").dumps(value))


def read(secret_key: str, purpose: str, token: str, *, max_age: int) -> Any | None:
    """Return the signed value, or None when it was altered, made for something else, or is over `max_age` seconds."""
    try:
        return URLSafeTimedSerializer(secret_key, salt=f"nok.{purpose}").loads(token, max_age=max_age)
    except BadData:
        return None


def sign_for_good(secret_key: str, purpose: str, value: Any) -> str:
    """As `sign`, for a link that never ends, as in the foot of a mail; the same value gives the same text."""
    return str(URLSafeSerializer(secret_key, salt=f"nok.{purpose}").dumps(value))


def read_for_good(secret_key: str, purpose: str, token: str) -> Any | None:
    """Return the value that `sign_for_good` signed for this purpose, or None."""
    try:
        return URLSafeSerializer(secret_key, salt=f"nok.{purpose}").loads(token)
    except BadData:
        return None
