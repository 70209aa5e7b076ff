"""The 361 classical acupuncture points under the names that people write: code, pinyin, hanzi.

`points.tsv` beside this file is the table: WHO code, pinyin with tone marks, hanzi; other names after a slash.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

# Abbreviations of the channels in use, by WHO's.
_CHANNELS = {
    "lu": "lu", "li": "li", "co": "li", "st": "st", "sp": "sp", "ht": "ht", "he": "ht", "h": "ht", "si": "si",
    "bl": "bl", "ub": "bl", "ki": "ki", "kd": "ki", "k": "ki", "pc": "pc", "p": "pc", "te": "te", "tb": "te",
    "th": "te", "tw": "te", "sj": "te", "gb": "gb", "lr": "lr", "liv": "lr", "lv": "lr", "gv": "gv", "du": "gv",
    "cv": "cv", "ren": "cv",
}  # fmt: skip
LENGTHS = {
    "lu": 11, "li": 20, "st": 45, "sp": 21, "ht": 9, "si": 19, "bl": 67, "ki": 27, "pc": 9, "te": 23, "gb": 44,
    "lr": 14, "gv": 28, "cv": 24,
}  # fmt: skip
# "He 5" and "p 6" are more often a word and a number: these need the number beside them, or a hyphen between.
_CLOSE = frozenset({"he", "h", "k", "p", "co", "th"})
_DASHES = r"\u2010-\u2015\u2212-"
_LOOSE_WORDS = "|".join(sorted(set(_CHANNELS) - _CLOSE, key=len, reverse=True))
_CLOSE_WORDS = "|".join(sorted(_CLOSE, key=len, reverse=True))
_CODE = re.compile(
    rf"(?<![a-z0-9])(?:({_LOOSE_WORDS})[\s{_DASHES}]*|({_CLOSE_WORDS})[{_DASHES}]?)0{{0,2}}([1-9]\d?)(?![a-z0-9])"
)
_MARKS = "\u0300-\u036f"
_LATIN = re.compile(rf"(?<![a-z0-9])[a-z][a-z{_MARKS}]*(?![a-z0-9])")
_HAN = re.compile("[\u3400-\u9fff]+")
# Written as one word without tones, these are English.
_ENGLISH = frozenset({"wailing", "yemen"})


@dataclass(frozen=True)
class Found:
    """Points named in a text from `start` to `end`: one, or those that share the name; `code` when by their code."""

    start: int
    end: int
    points: frozenset[str]
    code: bool


@dataclass(frozen=True)
class _Names:
    """Points by what names them: pinyin without spaces and tones, with the toned form of each; hanzi."""

    pinyin: dict[str, dict[str, set[str]]]
    hanzi: dict[str, str]
    longest: int


def with_codes(text: str) -> str:
    """Return the lower-case `text` with each point's code as WHO writes it: "ub-60" becomes "bl60"."""
    return _CODE.sub(lambda match: _code(match) or match[0], text)


def find(text: str) -> list[Found]:
    """Return where the decomposed lower-case `text` (see folding) names points, in order, none over another."""
    found = [
        Found(*match.span(), frozenset({code}), code=True) for match in _CODE.finditer(text) if (code := _code(match))
    ]
    found += [*_in_pinyin(text), *_in_hanzi(text)]
    return sorted(found, key=lambda item: item.start)


def table() -> list[tuple[str, list[str], list[str]]]:
    """Return the rows of the table: the code in lower case, names in pinyin, names in hanzi."""
    lines = Path(__file__).with_name("points.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [(code.lower(), pinyin.split("/"), hanzi.split("/")) for code, pinyin, hanzi in rows]


def _code(match: re.Match[str]) -> str:
    channel, number = _CHANNELS[match[1] or match[2]], int(match[3])
    return f"{channel}{number}" if number <= LENGTHS[channel] else ""


def _in_pinyin(text: str) -> Iterator[Found]:
    names, words = _names(), list(_LATIN.finditer(text))
    place = 0
    while place < len(words):
        window = _together(text, words[place : place + names.longest])
        for count in range(len(window), 0, -1):
            points = _by_pinyin(names, "".join(word[0] for word in window[:count]))
            if points:
                yield Found(window[0].start(), window[count - 1].end(), points, code=False)
                place += count - 1
                break
        place += 1


def _together(text: str, words: list[re.Match[str]]) -> list[re.Match[str]]:
    """Return the words, from the first on, that one space parts from each other."""
    apart = (end for end, (one, two) in enumerate(pairwise(words), 1) if text[one.end() : two.start()] != " ")
    return words[: next(apart, len(words))]


def _by_pinyin(names: _Names, written: str) -> frozenset[str]:
    plain = re.sub(f"[{_MARKS}]", "", written)
    if plain == written and plain in _ENGLISH:
        return frozenset()
    by_tones = names.pinyin.get(plain, {})
    # Names that differ in their tones only are told apart by them, where someone wrote them.
    return frozenset(by_tones.get(written) or set().union(*by_tones.values()))


def _in_hanzi(text: str) -> Iterator[Found]:
    names = _names()
    longest = max(map(len, names.hanzi))
    for run in _HAN.finditer(text):
        place = run.start()
        while place < run.end():
            for end in range(min(place + longest, run.end()), place + 1, -1):
                if point := names.hanzi.get(text[place:end]):
                    yield Found(place, end, frozenset({point}), code=False)
                    place = end - 1
                    break
            place += 1


@cache
def _names() -> _Names:
    pinyin: dict[str, dict[str, set[str]]] = {}
    hanzi: dict[str, str] = {}
    longest = 0
    for code, sounds, signs in table():
        for sound in sounds:
            toned = unicodedata.normalize("NFKD", sound).casefold().replace(" ", "")
            plain = re.sub(f"[{_MARKS}]", "", toned)
            pinyin.setdefault(plain, {}).setdefault(toned, set()).add(code)
            longest = max(longest, len(sound.split()))
        hanzi |= dict.fromkeys(signs, code)
    return _Names(pinyin, hanzi, longest)
