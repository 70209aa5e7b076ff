"""Identifiers made by us: random tokens, block ids, and certificate serials."""

import re
import secrets
import uuid

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECK = CROCKFORD + "*~$=U"  # Douglas Crockford's base 32: the check symbol is the number modulo 37
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_GROUPS = 4
_GROUP = 4
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_uuid() -> str:
    """Return a random UUID as text."""
    return str(uuid.uuid4())


def is_uuid(text: str) -> bool:
    """Whether it is a UUID as `new_uuid` writes them."""
    return _UUID.fullmatch(text) is not None


def new_block_key() -> str:
    """Return a block id: `b-` and eight lower-case base-32 characters (40 random bits; unique in its lesson)."""
    return "b-" + "".join(secrets.choice(CROCKFORD) for _ in range(8)).lower()


def new_serial() -> str:
    """Return a certificate serial, `NK-XXXX-XXXX-XXXX-XXXX-C`: sixteen drawn symbols and one check symbol.

    A draw whose check symbol is none of the 32 letters and digits is thrown away (5 of 37), which leaves 79.8 bits: a
    serial stands in addresses, file names and on paper.
    """
    while True:
        body = "".join(secrets.choice(CROCKFORD) for _ in range(_GROUPS * _GROUP))
        check = _check_symbol(body)
        if check in CROCKFORD:
            return _written(body, check)


def read_serial(text: str) -> str | None:
    """Return the serial as issued from what a person typed, or None when it cannot be one.

    Case, spaces and hyphens do not matter, and O, I, L are read as 0, 1, 1: serials are read aloud and copied by hand.
    """
    plain = "".join(text.upper().split()).replace("-", "")
    if not plain.startswith("NK"):
        return None
    body, check = plain[2:-1].translate(_LOOKALIKES), plain[-1]
    check = check if check in _CHECK else check.translate(_LOOKALIKES)
    if len(body) != _GROUPS * _GROUP or any(letter not in CROCKFORD for letter in body):
        return None
    return _written(body, check) if _check_symbol(body) == check else None


def _written(body: str, check: str) -> str:
    groups = [body[start : start + _GROUP] for start in range(0, len(body), _GROUP)]
    return "-".join(["NK", *groups, check])


def _check_symbol(body: str) -> str:
    number = 0
    for letter in body:
        number = number * 32 + CROCKFORD.index(letter)
    return _CHECK[number % 37]
