"""What a certificate says: the facts frozen at its issue, and the words around them.

The facts are the union of what the boards' rules ask a certificate of completion to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Credit by one board's approval: `hours` as that board counts them, `number` that of the approval."""

    board_name: str
    number: str
    hours: Decimal
    category: str = ""


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Everything one certificate says. An empty text, tuple or None leaves its line out.

    `hours` empty means that no credit is claimed, and the certificate says so. `score_percent` is 0 to 100.
    `scope_notice` is plain text; `verify_url` is the address in the QR code. `keep_years` is how long the
    holder is told to keep the certificate.
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
    delivery: str = "Online, on-demand"
    started_on: date | None = None
    score_percent: int | None = None
    holder_licenses: tuple[str, ...] = ()
    teacher_credentials: str = ""
    provider_address: str = ""
    provider_contact: str = ""
    provider_numbers: tuple[str, ...] = ()
    responsible_person: str = ""
    scope_notice: str = ""
    keep_years: int = 6
    language: str = "en"


@dataclass(frozen=True, slots=True)
class CertificateWording:
    """The fixed words of the page. A caller may hand in a translation; names in braces are filled in."""

    heading: str = "Certificate of {statement}"
    description: str = "{course}, completed by {name} on {day}"
    completed: str = "has completed"
    passed: str = "test passed with {percent} percent"
    credit: str = "Credit hours"
    no_credit: str = "No credit claimed"
    credit_line: str = "{hours} · {board}"
    approval: str = "approval {number}"
    completion: str = "Completed"
    started: str = "Started {day}"
    issued: str = "Issued {day}"
    teacher: str = "Teacher"
    certificate: str = "Certificate"
    provider: str = "Provider"
    provider_number: str = "Provider {number}"
    responsible: str = "Responsible: {name}"
    notice: str = "Scope of practice"
    verify: str = "Verify at {url}"
    keep: str = "Keep this certificate for at least {years} years and confirm with your board."
    qr_alt: str = "QR code for the address {url}"
    day: str = "{month} {day}, {year}"
    months: tuple[str, ...] = (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    )  # fmt: skip
