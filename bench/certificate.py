"""Milliseconds to set and sign one certificate, and how many one core makes in a second."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from bench.figure import Figure, percentile
from nok.formats import certificate_pdf, pdf_signature
from nok.formats.certificate_facts import CertificateFacts, CreditLine, HolderLicense

RUNS = 30
MOST_MS = 60.0
MOST_MS_ALTOGETHER = 1000.0  # one a second on one core
CREDIT = CreditLine(
    "California Acupuncture Board",
    "DEMO-NOT-REAL-0001",
    Decimal("1.0"),
    "Category 1",
    provider_number="DEMO-0000",
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 12, 31),
)
FACTS = CertificateFacts(
    serial="NK-7Q2M-4XKD-9VTB-0HRS-C",
    holder_name="Yǎtíng Lǚ 吕雅婷",
    course_title="Microneedling for Acupuncturists",
    statement="Completion, theory",
    completed_on=date(2026, 11, 20),
    issued_on=date(2026, 11, 20),
    started_on=date(2026, 11, 1),
    hours=(CREDIT,) * 3,
    total_hours=Decimal("3.0"),
    place="https://example.org",
    holder_licenses=(HolderLicense("AC 12345", "California", "CA"), HolderLicense("123456", "NCCAOM")),
    teacher_name="Naomi Halloran",
    teacher_credentials="L.Ac., DACM",
    provider_name="Net of Knowledge",
    provider_address="1 Example Street, Sampletown, CA 90000",
    provider_contact="records@demo.example",
    provider_phone="+1 (415) 555-0100",
    responsible_person="Director of Education",
    score_percent=92,
    scope_notice="Theory only. Ask your board.",
    verify_url="https://example.org/verify/NK-7Q2M-4XKD-9VTB-0HRS-C",
    language="en",
)


def measure(_folder: Path) -> Iterator[Figure]:
    signer = pdf_signature.new_signer("Net of Knowledge")
    rendered, signed = [], []
    pdf_signature.sign(certificate_pdf.render(FACTS), signer, "Certificate of completion issued")
    for number in range(RUNS):
        facts = replace(FACTS, serial=f"NK-{number:04}-4XKD-9VTB-0HRS-C")  # or the typesetter would know it by heart
        begun = time.perf_counter()
        pdf = certificate_pdf.render(facts)
        middle = time.perf_counter()
        whole = pdf_signature.sign(pdf, signer, "Certificate of completion issued")
        rendered.append((middle - begun) * 1000)
        signed.append((time.perf_counter() - middle) * 1000)
    both = percentile([one + other for one, other in zip(rendered, signed, strict=True)], 50)
    yield Figure(f"setting a certificate, median of {RUNS}", percentile(rendered, 50), "ms", MOST_MS)
    yield Figure(f"signing it, median of {RUNS}", percentile(signed, 50), "ms", MOST_MS)
    yield Figure("setting and signing it, on one core", both, "ms", MOST_MS_ALTOGETHER)
    yield Figure("certificates a second on one core", 1000 / both, "")
    yield Figure("size of one", len(whole) / 1024, "KiB")
