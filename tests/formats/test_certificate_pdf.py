from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from nok.formats.certificate_pdf import (
    CertificateFacts,
    CertificateWording,
    CreditLine,
    OverfullError,
    UnprintableError,
    render,
    unprintable,
)

FACTS = CertificateFacts(
    serial="NK-7Q4M-2XHD-9KTR-03WZ-5",
    holder_name="Amara Whitfield, L.Ac.",
    course_title="Microneedling for Acupuncturists",
    statement="Completion, theory",
    completed_on=date(2026, 11, 18),
    issued_on=date(2026, 11, 19),
    teacher_name="Dr. Lin Meihua",
    teacher_credentials="DACM, L.Ac.",
    provider_name="Net of Knowledge",
    provider_address="1200 Alder Street, Portland",
    provider_contact="records@demo.example",
    responsible_person="Jonas Feld",
    verify_url="https://learn.demo.example/verify/NK-7Q4M-2XHD-9KTR-03WZ-5",
    score_percent=92,
    scope_notice="Theory only. Ask your board before you treat.",
)
CREDIT = CreditLine("California Acupuncture Board", "DEMO-NOT-REAL-0001", Decimal("1.5"), "Category 1")
LONG_NOTICE = ("Whether this lies within your scope of practice differs from state to state. " * 5)[:320]


def words(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def boxes(pdf: bytes, tmp_path: Path) -> list[tuple[float, float, float, float]]:
    """The box of every word, in points from the top left."""
    (tmp_path / "a.pdf").write_bytes(pdf)
    html = subprocess.run(
        ["pdftotext", "-bbox", tmp_path / "a.pdf", "-"], capture_output=True, check=True, text=True
    ).stdout
    found = [line.split('"')[1:8:2] for line in html.splitlines() if "<word " in line]
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in found]


def test_the_page_says_what_the_facts_say() -> None:
    said = words(render(FACTS))
    for expected in (
        "Certificate of completion, theory",
        "Amara Whitfield, L.Ac.",
        "has completed",
        "Microneedling for Acupuncturists",
        "Online, on-demand",
        "92 percent",
        "November 18, 2026",
        "Issued November 19, 2026",
        "Dr. Lin Meihua",
        "NK-7Q4M-2XHD-9KTR-03WZ-5",
        "Responsible: Jonas Feld",
        "Theory only.",
        "https://learn.demo.example/verify/NK-7Q4M-2XHD-9KTR-03WZ-5",
        "at least 6 years",
    ):
        assert expected in said


def test_credit_is_named_with_its_board_and_number_or_said_not_to_be_claimed() -> None:
    assert "No credit claimed" in words(render(FACTS))
    for count in (1, 3, 6):
        said = words(render(replace(FACTS, hours=(CREDIT,) * count)))
        assert "No credit claimed" not in said
        assert said.count("1.5 · California Acupuncture Board") == count
        assert said.count("DEMO-NOT-REAL-0001") == count


def test_a_score_that_is_not_given_is_not_mentioned() -> None:
    assert "percent" not in words(render(replace(FACTS, score_percent=None)))


def test_the_page_is_tagged_titled_and_conforming() -> None:
    reader = PdfReader(io.BytesIO(render(FACTS)))
    root: Any = reader.trailer["/Root"]
    (page,) = reader.pages
    assert (float(page.mediabox.width), float(page.mediabox.height)) == (792, 612)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert "Amara Whitfield" in str(reader.metadata.title)
    metadata = root["/Metadata"].get_object().get_data().decode()
    for claim in ("<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"):
        assert claim in metadata
    kinds = list(structure(root["/StructTreeRoot"]))
    assert kinds[:3] == ["/Document", "/H1", "/P"]
    assert any(kind.startswith("/Figure QR code for the address https://") for kind in kinds)


def structure(node: Any) -> list[str]:
    node = node.get_object()
    if not hasattr(node, "get"):
        return []
    children = node.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    kind = [f"{node['/S']} {node.get('/Alt', '')}".strip()] if "/S" in node else []
    inside = [one for child in (children if isinstance(children, list) else [children]) for one in structure_of(child)]
    return kind + inside


def structure_of(child: Any) -> list[str]:
    return [] if isinstance(child, int) else structure(child)


@pytest.mark.parametrize(
    "facts",
    [
        FACTS,
        replace(FACTS, holder_name="Maria Alejandra Fernandez-Villavicencio y Castellanos, L.Ac."),
        replace(FACTS, holder_name="W" * 60, course_title="M" * 140, teacher_name="W" * 60),
        replace(FACTS, holder_name="周美琳", course_title="针灸师微针疗法" * 20),
        replace(FACTS, hours=(CREDIT,) * 6, scope_notice=LONG_NOTICE, holder_licenses=("CA AC 12345", "NM 889")),
        replace(FACTS, provider_address="A long street " * 12, scope_notice=LONG_NOTICE * 2),
        replace(FACTS, verify_url="https://learn.demo.example/" + "long/" * 20 + FACTS.serial),
    ],
)
def test_nothing_leaves_the_frame_or_the_page_and_no_line_lies_on_another(
    facts: CertificateFacts, tmp_path: Path
) -> None:
    pdf = render(facts)
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 1
    found = boxes(pdf, tmp_path)
    assert len(found) > 20
    for left, top, right, bottom in found:
        assert 60 < left < right < 732
        assert 95 < top < bottom < 575
    inner = [(a + 0.5, b + (d - b) * 0.3, c - 0.5, d - (d - b) * 0.3) for a, b, c, d in found]
    for n, (a, b, c, d) in enumerate(inner):
        for e, f, g, h in inner[n + 1 :]:
            assert not (a < g and e < c and b < h and f < d)


@pytest.mark.parametrize(
    "name",
    ["周美琳", "劉龍", "𠮷田", "한의사", "㐂", "Zú Sān Lǐ", "Nguyễn Thị Hồng", "Ørsted", "Łukasz", "Ольга"],
)
def test_a_name_in_the_scripts_of_our_people_is_set_and_can_be_copied(name: str) -> None:
    assert unprintable(name) == ""
    assert name in words(render(replace(FACTS, holder_name=name)))


def test_a_decomposed_accent_and_stray_spaces_and_controls_are_put_right() -> None:
    assert "Zoë Li" in words(render(replace(FACTS, holder_name="  Zoe\u0308\n\u202eLi\0 ")))


def test_a_letter_without_a_glyph_is_refused_and_never_left_out() -> None:
    assert unprintable("Amy 🌸 สวัส") == "🌸สวั"
    with pytest.raises(UnprintableError) as told:
        render(replace(FACTS, holder_name="Amy 🌸"))
    assert told.value.characters == "🌸"


def test_what_does_not_fit_is_refused_and_never_cut_off() -> None:
    with pytest.raises(OverfullError):
        render(replace(FACTS, hours=(CREDIT,) * 60))


@given(st.text(alphabet="#*_$<>@`\\/[]{}()\"'~=-+.,: abc1\n", max_size=60))
@settings(max_examples=25, deadline=None)
def test_nothing_typed_is_read_as_markup(text: str) -> None:
    said = words(render(replace(FACTS, holder_name="x" + text + "x", scope_notice="")))
    assert "".join(("x" + text + "x").split()) in said.replace(" ", "")


def test_files_cannot_be_read_by_a_name() -> None:
    assert "root:" not in words(render(replace(FACTS, holder_name='#read("/etc/passwd")')))


def test_the_same_facts_give_the_same_bytes_small_enough_to_mail() -> None:
    pdf = render(replace(FACTS, holder_name="周美琳", hours=(CREDIT,) * 3, scope_notice=LONG_NOTICE))
    assert pdf == render(replace(FACTS, holder_name="周美琳", hours=(CREDIT,) * 3, scope_notice=LONG_NOTICE))
    assert len(pdf) < 100_000


def test_the_words_around_the_facts_can_be_translated() -> None:
    chinese = CertificateWording(completed="已完成", no_credit="不申请学分", day="{year} · {month} · {day}")
    said = words(render(replace(FACTS, language="zh"), wording=chinese))
    assert "已完成" in said
    assert "不申请学分" in said
    assert "2026 · November · 18" in said
