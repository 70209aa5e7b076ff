from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from nok.formats.certificate_facts import from_json, to_json
from nok.formats.certificate_pdf import (
    CertificateFacts,
    CertificateWording,
    CreditLine,
    HolderLicense,
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
CREDIT = CreditLine(
    "California Acupuncture Board",
    "DEMO-NOT-REAL-0001",
    Decimal("1.5"),
    "Category 1",
    provider_number="DEMO-0000",
    delivery="live webinar",
    valid_from=date(2026, 1, 1),
    valid_until=date(2027, 12, 31),
)
WIDE = replace(CREDIT, board_name="W" * 120, number="D" * 80, category="M" * 80, provider_number="P" * 80)
LICENSES = (
    HolderLicense("AC 12345", "California Acupuncture Board", "CA"),
    HolderLicense("AP 998877", "Florida Board of Acupuncture", "FL"),
    HolderLicense("123456", "NCCAOM"),
)
LONG_NOTICE = ("Whether this lies within your scope of practice differs from state to state. " * 5)[:320]


def words(pdf: bytes) -> str:
    return " ".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


def boxes(pdf: bytes) -> list[tuple[float, float, float, float]]:
    """The box of every word, in points from the top left."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        return [(word["x0"], word["top"], word["x1"], word["bottom"]) for word in page.extract_words()]


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
        for expected in ("1.5 California Acupuncture Board · provider DEMO-0000", "Category 1, live webinar"):
            assert said.count(expected) == count, said
        assert said.count("DEMO-NOT-REAL-0001") == count
        assert said.count("Jan 1, 2026 to Dec 31, 2027") == count


def test_what_boards_ask_a_certificate_to_show_stands_on_it() -> None:
    facts = replace(
        FACTS,
        hours=(CREDIT,),
        total_hours=Decimal("1.5"),
        holder_licenses=LICENSES,
        place="https://learn.demo.example",
        provider_phone="+1 (415) 555-0100",
        started_on=date(2026, 11, 2),
        keep_years=4,
    )
    said = words(render(facts))
    for expected in (
        "CA license AC 12345",
        "FL license AP 998877",
        "NCCAOM ID 123456",
        "Total hours: 1.5",
        "Online, on-demand, at https://learn.demo.example",
        "records@demo.example · +1 (415) 555-0100",
        "Started November 2, 2026",
        "at least 4 years from completion",
        "confirm with your board",
    ):
        assert expected in said, expected


def test_delivery_stands_in_the_table_only_where_it_differs() -> None:
    same = replace(CREDIT, delivery=FACTS.delivery)
    assert words(render(replace(FACTS, hours=(same, CREDIT)))).count("Category 1, live webinar") == 1


def test_facts_are_kept_as_json_and_read_again() -> None:
    facts = replace(FACTS, hours=(CREDIT,), holder_licenses=LICENSES, total_hours=Decimal("1.5"), started_on=None)
    kept = json.loads(json.dumps(to_json(facts)))
    assert from_json(kept) == facts
    assert from_json(to_json(FACTS)) == FACTS


def test_facts_that_an_earlier_version_kept_are_set_still() -> None:
    kept = to_json(replace(FACTS, hours=(CREDIT,)))
    for later in ("total_hours", "place", "provider_phone"):
        del kept[later]
    line = kept["hours"][0]
    kept["hours"] = [{key: line[key] for key in ("board_name", "number", "hours", "category")}]
    kept["provider_numbers"] = kept["holder_licenses"] = []
    said = words(render(from_json(kept)))
    assert "1.5 California Acupuncture Board Category 1 DEMO-NOT-REAL-0001" in said
    assert "Total hours" not in said


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
        replace(FACTS, hours=(CREDIT,), holder_licenses=LICENSES[:1]),
        replace(FACTS, hours=(CREDIT,) * 3, holder_name="서지민 周美琳 Nguyễn", holder_licenses=LICENSES),
        replace(FACTS, hours=(CREDIT,) * 6, scope_notice=LONG_NOTICE, holder_licenses=LICENSES),
        replace(FACTS, hours=(WIDE,) * 6, holder_name="W" * 120, course_title="M" * 140, holder_licenses=LICENSES),
        replace(FACTS, hours=(CREDIT,) * 12),
        replace(FACTS, provider_address="A long street " * 12, scope_notice=LONG_NOTICE * 2),
        replace(FACTS, verify_url="https://learn.demo.example/" + "long/" * 20 + FACTS.serial),
    ],
)
def test_nothing_leaves_the_frame_or_the_page_and_no_line_lies_on_another(
    facts: CertificateFacts,
) -> None:
    found = boxes(render(facts))
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
        render(replace(FACTS, hours=(CREDIT,) * 90))


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
