from __future__ import annotations

import io
import random
import re
import socket
from typing import Any, NoReturn

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from pypdf import PdfReader, PdfWriter

from nok.formats.certificate_pdf import render
from nok.formats.pdf_signature import SignerMaterial, Verdict, inspect, new_signer, sign
from tests.formats.test_certificate_pdf import FACTS

GOOD = Verdict(intact=True, trusted=True, covers_whole_file=True)
NOTHING = Verdict(intact=False, trusted=False, covers_whole_file=False)


@pytest.fixture(scope="module")
def material() -> SignerMaterial:
    return new_signer("Net of Knowledge")


@pytest.fixture(scope="module")
def signed(material: SignerMaterial) -> bytes:
    return sign(render(FACTS), material, "Certificate of completion")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        pytest.fail("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_signed_certificate_is_whole_and_ours(signed: bytes, material: SignerMaterial) -> None:
    verdict = inspect(signed, material.certificate_pem)
    assert verdict == GOOD
    assert verdict.valid
    assert len(signed) < 100_000


def test_any_changed_byte_is_seen(signed: bytes, material: SignerMaterial) -> None:
    chance = random.Random(7)  # the same places each time
    start, end = (int(number) for number in re.search(rb"/ByteRange \[0 (\d+) (\d+)", signed).groups())  # type: ignore[union-attr]
    container = [chance.randrange(start, end) for _ in range(60)]
    for place in [0, len(signed) - 1, *container, *(chance.randrange(len(signed)) for _ in range(60))]:
        changed = bytearray(signed)
        changed[place] ^= chance.choice([1, 2, 0x20])
        assert not inspect(bytes(changed), material.certificate_pem).valid, place


def test_an_update_added_after_signing_is_seen(signed: bytes, material: SignerMaterial) -> None:
    writer = PdfWriter(io.BytesIO(signed), incremental=True)
    writer.add_metadata({"/Subject": "another course"})
    updated = io.BytesIO()
    writer.write(updated)
    assert updated.getvalue().startswith(signed)
    verdict = inspect(updated.getvalue(), material.certificate_pem)
    assert not verdict.covers_whole_file
    assert not verdict.valid
    assert not inspect(signed + b"\n% more", material.certificate_pem).valid


def test_a_signature_by_another_key_is_not_trusted_even_under_our_name(signed: bytes, material: SignerMaterial) -> None:
    forger = new_signer("Net of Knowledge")
    forged = sign(render(FACTS), forger, "Certificate of completion")
    assert inspect(forged, material.certificate_pem) == Verdict(intact=True, trusted=False, covers_whole_file=True)
    assert inspect(signed, forger.certificate_pem).valid is False


def test_after_a_change_of_keys_the_older_certificates_stay_valid(signed: bytes, material: SignerMaterial) -> None:
    assert inspect(signed, new_signer("Net of Knowledge").certificate_pem + material.certificate_pem) == GOOD


def test_a_file_without_a_signature_proves_nothing(material: SignerMaterial) -> None:
    for data in (b"", b"not a pdf", b"%PDF-1.7\n", render(FACTS), b"%PDF-1.7\n" + b"[" * 10_000):
        assert inspect(data, material.certificate_pem) == NOTHING


def test_the_signed_page_keeps_its_tags_and_words_and_shows_no_field(signed: bytes) -> None:
    reader = PdfReader(io.BytesIO(signed))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    assert "Amara Whitfield" in reader.pages[0].extract_text()
    (field,) = (one.get_object() for one in root["/AcroForm"]["/Fields"])
    assert [float(number) for number in field["/Rect"]] == [0, 0, 0, 0]
    assert field["/TU"] == "Digital signature of the provider"
    value = field["/V"].get_object()
    assert value["/SubFilter"] == "/ETSI.CAdES.detached"
    assert value["/Reason"] == "Certificate of completion"
    (reference,) = value["/Reference"]
    assert reference.get_object()["/TransformParams"]["/P"] == 1  # no changes allowed


def test_the_key_is_p256_for_signing_only_and_lasts_longer_than_an_audit(material: SignerMaterial) -> None:
    certificate = x509.load_pem_x509_certificate(material.certificate_pem)
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert isinstance(key.curve, ec.SECP256R1)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.key_cert_sign) == (True, False)
    assert (certificate.not_valid_after_utc - certificate.not_valid_before_utc).days > 20 * 365


def test_the_key_is_not_shown_by_accident(material: SignerMaterial) -> None:
    assert "PRIVATE" not in repr(material)


def test_what_is_no_pdf_is_not_signed(material: SignerMaterial) -> None:
    with pytest.raises(ValueError, match="cannot be signed"):
        sign(b"not a pdf", material, "reason")
