"""Milliseconds to set and sign one certificate."""

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from bench.figure import Figure, percentile
from nok.formats import certificate_pdf, pdf_signature
from nok.formats.certificate_facts import CertificateFacts, CreditLine

RUNS = 30
FACTS = CertificateFacts(
    serial="NK-7Q2M-4XKD-9VTB-0HRS-C",
    holder_name="Yǎtíng Lǚ 吕雅婷",
    course_title="Microneedling for Acupuncturists",
    statement="Completion, theory",
    completed_on=date(2026, 11, 20),
    issued_on=date(2026, 11, 20),
    started_on=date(2026, 11, 1),
    hours=(CreditLine("California Acupuncture Board", "DEMO-NOT-REAL-0001", Decimal("1.0"), "Category 1"),),
    teacher_name="Naomi Halloran",
    teacher_credentials="L.Ac., DACM",
    provider_name="Net of Knowledge",
    provider_address="1 Example Street, Sampletown, CA 90000",
    provider_contact="records@demo.example",
    responsible_person="Director of Education",
    score_percent=92,
    scope_notice="Theory only. Ask your board.",
    verify_url="https://example.org/verify/NK-7Q2M-4XKD-9VTB-0HRS-C",
    language="en",
)


def measure(_folder: Path) -> Iterator[Figure]:
    signer = pdf_signature.new_signer("Net of Knowledge")
    rendered, signed = [], []
    pdf = certificate_pdf.render(FACTS)
    pdf_signature.sign(pdf, signer, "Certificate of completion issued")
    for _ in range(RUNS):
        begun = time.perf_counter()
        pdf = certificate_pdf.render(FACTS)
        middle = time.perf_counter()
        whole = pdf_signature.sign(pdf, signer, "Certificate of completion issued")
        rendered.append((middle - begun) * 1000)
        signed.append((time.perf_counter() - middle) * 1000)
    yield Figure(f"setting a certificate, median of {RUNS}", percentile(rendered, 50), "ms")
    yield Figure(f"signing it, median of {RUNS}", percentile(signed, 50), "ms")
    yield Figure("size of it", len(whole) / 1024, "KiB")
