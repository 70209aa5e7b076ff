"""What nobody means to type, and some try on purpose."""

from typing import Any

LONG = "a" * 100_000
BEYOND = 2**63  # one more than the largest number of a database column
TEXTS = {
    "long": LONG,
    "NUL": "a\0b",
    "escape": "a\x1b[2Jb",
    "right-to-left override": "Zhou\u202eiuohZ",
    "isolate": "a\u2067b",
    "two lines": "a\r\nBcc: b@evil.example",
}
# Harmless, however odd: accepted as it is, and shown as it is.
HARMLESS = {
    "markup": "<script>alert(1)</script>",
    "template": "{{ 7 * 7 }} %(name)s {0} ${x}",
    "quotes": 'O\'Neil "Lin" \\ ; --',
    "hanzi": "周美琳 · 주미림 · Ǖ",
    "emoji": "👩🏽‍⚕️",
}
# JSON that is well formed and means nothing.
JSON: dict[str, Any] = {
    "null": None,
    "a number": 7,
    "a text": "x",
    "a list": [],
    "true": True,
    "nothing": {},
    "nested": {"a": {"b": [{}]}},
}
# Bodies that are not JSON at all, or too much of it.
BROKEN = {
    "empty": b"",
    "half": b'{"answers": {',
    "not UTF-8": b'{"answers": "\xff\xfe"}',
    "NUL": b"\0" * 10,
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 50_000,
    "a number of 10,000 digits": b'{"seq": ' + b"9" * 10_000 + b"}",
    "infinity": b'{"seq": Infinity}',
}
NUMBERS = [-1, BEYOND, -BEYOND, 10**30, 1.5, "1", "x", None, True, [1], {"a": 1}]
# Where an address has a number: none of these names anything.
PATH_NUMBERS = ["0", "999999", str(2**31), str(BEYOND), "9" * 30, "9" * 400]
