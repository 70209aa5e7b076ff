"""Text folded for search, so that "zu san li" and "Zú Sān Lǐ" are the same, and "ST36" and "St-36"."""

import re
import unicodedata

_POINT = re.compile(r"\b([a-z]{2,3})[\s\u2010-\u2015-]*(\d{1,2})\b")
_SPACE = re.compile(r"[\s\u2010-\u2015/-]+")


def fold(text: str) -> str:
    """Return `text` without case, tone marks, width variants and hyphens; hanzi stay as they are."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = unicodedata.normalize("NFC", plain)
    plain = _POINT.sub(r"\1\2", plain)
    return _SPACE.sub(" ", plain).strip()


def like(text: str) -> str:
    r"""Return a LIKE pattern (escape character `\\`) that finds the folded `text` anywhere."""
    folded = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{folded}%"
