"""What a certificate says: the facts frozen at its issue, and the words around them.

The facts are the union of what the boards' rules ask a certificate of completion to show. They are kept as JSON for as
long as the certificate is; what an earlier version did not write down is left out again when they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Credit by one board's approval: `hours` as that board counts them, `number` and days those of the approval.

    `provider_number` is the provider's with that board; `delivery` is how the approval says it may be taught.
    """

    board_name: str
    number: str
    hours: Decimal
    category: str = ""
    board_code: str = ""
    provider_number: str = ""
    delivery: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class HolderLicense:
    """A license or certification of the holder; `state` is two letters, or empty for a national body."""

    number: str
    board_name: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Everything one certificate says. An empty text, tuple or None leaves its line out.

    `hours` empty means that no credit is claimed, and the certificate says so; `total_hours` are those of the board
    that counts most. `score_percent` is 0 to 100. `place` is the address of the classroom. `scope_notice` is plain
    text; `verify_url` is the address in the QR code. `keep_years` is how long the holder is told to keep the
    certificate.
    """

    serial: str
    holder_name: str
    course_title: str
    statement: str
    completed_on: date
    issued_on: date
    teacher_name: str
    provider_name: str
    verify_url: str
    hours: tuple[CreditLine, ...] = ()
    total_hours: Decimal | None = None
    delivery: str = "Online, on-demand"
    place: str = ""
    started_on: date | None = None
    score_percent: int | None = None
    holder_licenses: tuple[HolderLicense, ...] = ()
    teacher_credentials: str = ""
    provider_address: str = ""
    provider_contact: str = ""
    provider_phone: str = ""
    responsible_person: str = ""
    scope_notice: str = ""
    keep_years: int = 6
    language: str = "en"


def to_json(facts: CertificateFacts) -> dict[str, Any]:
    """Return the facts as JSON keeps them: dates in ISO form, hours as text."""
    plain: dict[str, Any] = to_plain(asdict(facts))
    return plain


def to_plain(value: Any) -> Any:
    """Return a value of dicts, lists, dates and decimals as JSON can hold it."""
    if isinstance(value, date | Decimal):
        return value.isoformat() if isinstance(value, date) else str(value)
    if isinstance(value, dict):
        return {key: to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return value


def from_json(kept: Mapping[str, Any]) -> CertificateFacts:
    """Return the facts of a certificate of this version or an earlier one; raise KeyError when they are none."""
    known = {name: kept[name] for name in CertificateFacts.__dataclass_fields__ if name in kept}
    started, total = kept.get("started_on"), kept.get("total_hours")
    return CertificateFacts(
        **known
        | {
            "completed_on": date.fromisoformat(kept["completed_on"]),
            "issued_on": date.fromisoformat(kept["issued_on"]),
            "started_on": date.fromisoformat(started) if started else None,
            "total_hours": Decimal(total) if total else None,
            "hours": tuple(_credit_line(line) for line in kept.get("hours", ())),
            "holder_licenses": tuple(HolderLicense(**license_) for license_ in kept.get("holder_licenses", ())),
        }
    )


def without(facts: CertificateFacts, characters: str) -> CertificateFacts:
    """Return the facts with these characters taken out of every text except the holder's name."""
    dropped = str.maketrans("", "", characters)

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return " ".join(value.translate(dropped).split()) if isinstance(value, str) else value

    return from_json(plain(to_json(facts)) | {"holder_name": facts.holder_name})


def _credit_line(kept: Mapping[str, Any]) -> CreditLine:
    first, last = kept.get("valid_from"), kept.get("valid_until")
    days = {
        "valid_from": date.fromisoformat(first) if first else None,
        "valid_until": date.fromisoformat(last) if last else None,
    }
    return CreditLine(**dict(kept) | days | {"hours": Decimal(kept["hours"])})


@dataclass(frozen=True, slots=True)
class CertificateWording:
    """The fixed words of the page. A caller may hand in a translation; names in braces are filled in."""

    heading: str = "Certificate of {statement}"
    description: str = "{course}, completed by {name} on {day}"
    completed: str = "has completed"
    place: str = "{delivery}, at {place}"
    passed: str = "test passed with {percent} percent"
    credit: str = "Credit hours"
    no_credit: str = "No credit claimed"
    credit_heads: tuple[str, ...] = ("Hours", "Board", "Category", "Approval", "Approved from and until")
    credit_board: str = "{board} · provider {number}"
    credit_days: str = "{first} to {last}"
    total: str = "Total hours: {hours}"
    completion: str = "Completed"
    started: str = "Started {day}"
    issued: str = "Issued {day}"
    teacher: str = "Teacher"
    licenses: str = "Licenses"
    state_license: str = "{state} license {number}"
    national_license: str = "{board} ID {number}"
    certificate: str = "Certificate"
    provider: str = "Provider"
    responsible: str = "Responsible: {name}"
    notice: str = "Scope of practice and acceptance"
    acceptance: str = "Boards decide what they accept: confirm with your board before you count these hours."
    verify: str = "Verify at {url}"
    keep: str = "Keep this certificate for at least {years} years from completion."
    qr_alt: str = "QR code for the address {url}"
    day: str = "{month} {day}, {year}"
    short_day: str = "{month:.3} {day}, {year}"
    months: tuple[str, ...] = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
