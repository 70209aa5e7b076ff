"""Set a certificate as a PDF: one landscape US letter page, tagged, PDF/UA-1 and PDF/A-2a, fonts embedded.

The page is `certificate.typ` beside this file. All words go in as data, so nothing a person typed can be
read as markup. The fonts are those of the installed font packages: they show Latin with all marks of
pinyin, Cyrillic, Greek, hanzi (all of the first Unicode block and extension A), kana and Hangul.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from importlib import resources
from math import pi, sin
from pathlib import Path
from threading import Lock
from typing import Any

import segno
import typst

from nok.formats.certificate_facts import CertificateFacts, CertificateWording, CreditLine, HolderLicense
from nok.formats.fonts import installed_fonts

__all__ = [
    "CertificateFacts",
    "CertificateWording",
    "CreditLine",
    "HolderLicense",
    "OverfullError",
    "UnprintableError",
    "render",
    "unprintable",
]

STANDARDS = ["ua-1", "a-2a"]
_PROBE = b"""#set document(title: "probe")
#set text(font: ("Source Serif 4", "Noto Serif SC", "Noto Serif JP", "Noto Serif KR"))
#sys.inputs.words"""
_NOT_SHOWN = re.compile(r"the text `(\"(?:[^\"\\]|\\.)*\")` could not be displayed")
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_CONTOUR_POINTS, _CONTOURS_EACH_SIDE = 47, 4  # odd, so that one point lies in the middle
# One compiler serves a process, and it may be used by one thread at a time.
_compiling = Lock()
_FIRST_ZONE = timezone(timedelta(hours=14))  # where a day begins first: the file is never dated after its making


class OverfullError(ValueError):
    """A text is longer than its place on the page, even in the smallest letters."""


class UnprintableError(ValueError):
    """The fonts lack a character; `characters` are those that cannot be shown."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"the certificate's fonts cannot show: {characters}")
        self.characters = characters


def render(facts: CertificateFacts, fonts: Path | None = None, wording: CertificateWording | None = None) -> bytes:
    """Return the PDF of one certificate; the same facts give the same bytes.

    Raise UnprintableError or OverfullError.

    `fonts` is a folder with TTF or OTF files to use instead of the installed font packages.
    """
    data = _data(facts, wording or CertificateWording())
    issued = datetime.combine(facts.issued_on, time(), tzinfo=_FIRST_ZONE)
    return _compile(_template(), {"facts": json.dumps(data, ensure_ascii=False)}, fonts, issued)


def unprintable(text: str, fonts: Path | None = None) -> str:
    """Return the characters of a text that no font here can show, so that a form can say so early."""
    try:
        _compile(_PROBE, {"words": _clean(text)}, fonts, datetime(2000, 1, 1, tzinfo=UTC))
    except UnprintableError as error:
        return error.characters
    return ""


def _compile(source: bytes, inputs: dict[str, str], fonts: Path | None, moment: datetime) -> bytes:
    with _compiling:
        try:
            pdf: bytes = _compiler(fonts).compile(
                source,
                format="pdf",
                sys_inputs=inputs,
                pdf_standards=STANDARDS,
                timestamp=int(moment.timestamp()),
            )
        except typst.TypstError as error:
            missing = _NOT_SHOWN.findall(str(getattr(error, "diagnostic", error)))
            if missing:
                shown = "".join(_ESCAPE.sub(lambda m: chr(int(m[1], 16)), text[1:-1]) for text in missing)
                raise UnprintableError("".join(dict.fromkeys(shown))) from None
            if "no room for" in str(error):
                raise OverfullError(str(error)) from None
            raise
    return pdf


@lru_cache(maxsize=4)
def _compiler(fonts: Path | None) -> Any:
    """Return the compiler with its fonts: finding them costs more than setting the page."""
    found = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(path) for path in ([fonts] if fonts else installed_fonts())],
    )
    return typst.Compiler(_PROBE, font_paths=found)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return resources.files("nok.formats").joinpath("certificate.typ").read_bytes()


def _data(facts: CertificateFacts, words: CertificateWording) -> Mapping[str, object]:
    name, course = _clean(facts.holder_name), _clean(facts.course_title)
    heading = words.heading.format(statement=_lowered(_clean(facts.statement)))
    passed = words.passed.format(percent=facts.score_percent) if facts.score_percent is not None else ""
    where = words.place.format(delivery=facts.delivery, place=facts.place) if facts.place else facts.delivery
    provider = [
        facts.provider_name,
        facts.provider_address,
        " · ".join(_filled([facts.provider_contact, facts.provider_phone])),
        words.responsible.format(name=facts.responsible_person) if facts.responsible_person else "",
    ]
    url = _clean(facts.verify_url)
    footer = [words.verify.format(url=url), words.keep.format(years=facts.keep_years)]
    return {
        "language": facts.language,
        "serial": _clean(facts.serial),
        "title": f"{heading}: {name}",
        "description": words.description.format(course=course, name=name, day=_day(facts.completed_on, words)),
        "heading": heading,
        "name": name,
        "completed": words.completed,
        "course": course,
        "circumstances": " · ".join(_filled([where, passed])),
        "credit-heads": [_clean(head) for head in words.credit_heads],
        "credits": [_credit(line, facts, words) for line in facts.hours],
        "details": _details(facts, words),
        "provider-label": words.provider,
        "provider": _filled(provider),
        "notice-label": words.notice,
        "notice": "\n".join(_filled([facts.scope_notice, words.acceptance])),
        "footer": "\u2003".join(footer),
        "verify-url": url,
        "qr": _qr(url),
        "qr-alt": words.qr_alt.format(url=url),
        "contours": _contours(facts.serial),
    }


def _details(facts: CertificateFacts, words: CertificateWording) -> list[dict[str, object]]:
    started = words.started.format(day=_day(facts.started_on, words)) if facts.started_on else ""
    issued = words.issued.format(day=_day(facts.issued_on, words))
    total = words.total.format(hours=facts.total_hours) if facts.total_hours is not None else ""
    details = [
        _detail(words.completion, [(_day(facts.completed_on, words), True), (started, False), (total, False)]),
        _detail(words.teacher, [(facts.teacher_name, True), (facts.teacher_credentials, False)]),
        _detail(words.certificate, [(facts.serial, True), (issued, False)]),
    ]
    if facts.holder_licenses:
        lines = [(_license(license_, words), True) for license_ in facts.holder_licenses]
        details.insert(1, _detail(words.licenses, lines))
    if not facts.hours:
        details.insert(0, _detail(words.credit, [(words.no_credit, True)]))
    return details


def _detail(label: str, lines: list[tuple[str, bool]]) -> dict[str, object]:
    filled = [{"words": clean, "strong": strong} for line, strong in lines if (clean := _clean(line))]
    return {"label": label, "lines": filled}


def _credit(line: CreditLine, facts: CertificateFacts, words: CertificateWording) -> list[str]:
    """Return the cells of one line of the table, in the order of `words.credit_heads`."""
    differs = line.delivery.casefold() != facts.delivery.casefold()
    board = words.credit_board.format(board=line.board_name, number=line.provider_number)
    days = [words.short_day.format(**_parts(day, words)) for day in (line.valid_from, line.valid_until) if day]
    cells = [
        str(line.hours),
        board if line.provider_number else line.board_name,
        ", ".join(_filled([line.category, line.delivery if differs else ""])),
        line.number,
        words.credit_days.format(first=days[0], last=days[-1]) if days else "",
    ]
    return [_clean(cell) for cell in cells]


def _license(line: HolderLicense, words: CertificateWording) -> str:
    form = words.state_license if line.state else words.national_license
    return form.format(state=line.state, board=line.board_name, number=line.number)


def _day(day: date, words: CertificateWording) -> str:
    return words.day.format(**_parts(day, words))


def _parts(day: date, words: CertificateWording) -> dict[str, Any]:
    return {"day": day.day, "month": words.months[day.month - 1], "year": day.year}


def _filled(lines: list[str]) -> list[str]:
    return [clean for line in lines if (clean := _clean(line))]


def _clean(text: str) -> str:
    """Compose accents, and take out what has no glyph: controls and marks of direction."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return "".join(c for c in composed if unicodedata.category(c) not in ("Cc", "Cf"))


def _lowered(statement: str) -> str:
    return statement[:1].lower() + statement[1:]


def _qr(url: str) -> str:
    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="svg", border=0, dark="#16221d", xmldecl=False)
    return picture.getvalue().decode()


def _contours(serial: str) -> list[list[float]]:
    """Return lines like those of a map, other ones for each serial: heights in points from the top of the page."""
    a, b, c, d = (byte / 255 for byte in hashlib.sha256(serial.encode()).digest()[:4])
    turns = [2 * pi * n / (_CONTOUR_POINTS - 1) for n in range(_CONTOUR_POINTS)]
    return [
        [
            round(
                66
                + 5.2 * line
                + 10 * sin(turn * (0.9 + 0.5 * a) + 2 * pi * b + 0.16 * line)
                + 4.5 * sin(turn * (1.9 + 0.8 * c) + 2 * pi * d - 0.24 * line),
                2,
            )
            for turn in turns
        ]
        for line in range(-_CONTOURS_EACH_SIDE, _CONTOURS_EACH_SIDE + 1)
    ]
