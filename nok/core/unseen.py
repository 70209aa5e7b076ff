"""Characters in typed text that are not seen and change what it says: controls, and marks of the reading direction."""

import unicodedata

_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_PLAIN = frozenset("\r\n\t")


def first_unseen(text: str) -> str | None:
    """Return the first such character, or None. Line ends and tabs are plain text."""
    hides = (
        letter
        for letter in text
        if letter in _DIRECTION or (unicodedata.category(letter) in {"Cc", "Cs"} and letter not in _PLAIN)
    )
    return next(hides, None)
