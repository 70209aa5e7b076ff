"""Sign a PDF so that any change shows, and check such a signature. Nothing here touches the network.

The signature is PAdES (B-B) with ECDSA on P-256 and SHA-256. It certifies the document with no changes
allowed, in a field that is not seen on the page. The certificate is our own: a reader shows the signer as
unknown until it is trusted, so the verification page stays the first check. A bought certificate and its
key fit in the same two PEM texts.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")

_FIELD = "ProviderSignature"
_FIELD_WORDS = "Digital signature of the provider"
# Boards ask for certificates years later, and no one renews the key of a paper already signed.
_VALID_FOR = timedelta(days=30 * 365)
_CLOCKS_DIFFER_BY = timedelta(days=1)
_WITHOUT_CERTIFICATES = 2048  # bytes of a signature: its attributes, who signed, and less than a hundred of mathematics


@dataclass(frozen=True, slots=True)
class SignerMaterial:
    """A P-256 private key (PKCS 8, not encrypted) and its certificate, then those above it, all in PEM."""

    key_pem: bytes
    certificate_pem: bytes

    def __repr__(self) -> str:
        return "SignerMaterial(key_pem=…)"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a signature proves: no byte changed, ours, and nothing was added after it."""

    intact: bool
    trusted: bool
    covers_whole_file: bool

    @property
    def valid(self) -> bool:
        """Tell whether all of it holds."""
        return self.intact and self.trusted and self.covers_whole_file


# An untrusted signature is an answer here, not an accident worth a traceback in the log.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)

_NOTHING_PROVEN = Verdict(intact=False, trusted=False, covers_whole_file=False)


def new_signer(common_name: str) -> SignerMaterial:
    """Make a new key and a certificate for it; `common_name` (1 to 64 characters) is who signs."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_DIFFER_BY)
        .not_valid_after(now + _VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_signing_only(), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    encoding, no_password = serialization.Encoding.PEM, serialization.NoEncryption()
    return SignerMaterial(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, no_password),
        certificate.public_bytes(encoding),
    )


def sign(pdf: bytes, material: SignerMaterial, reason: str) -> bytes:
    """Return the PDF with the signature added and `reason` in it. Raise ValueError for what is no PDF."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers

    metadata = signers.PdfSignatureMetadata(
        field_name=_FIELD,
        md_algorithm="sha256",
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    field = fields.SigFieldSpec(_FIELD, readable_field_name=_FIELD_WORDS)
    signer = signers.PdfSigner(metadata, _signer(material), new_field_spec=field)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        signed = _apart(lambda: signer.sign_pdf(writer, bytes_reserved=_room(material), in_place=True))
    except PdfError as error:
        raise ValueError(f"this PDF cannot be signed: {error}") from error
    return bytes(signed.getbuffer())


def _room(material: SignerMaterial) -> int:
    """Return how many hexadecimal digits a signature is given; to learn the exact number takes signing twice."""
    return 2 * (_WITHOUT_CERTIFICATES + len(material.certificate_pem))


def inspect(pdf: bytes, trusted_certificate_pem: bytes) -> Verdict:
    """Return what the last signature of a file proves; a file that is not a signed PDF proves nothing.

    `trusted_certificate_pem` may hold several certificates: that of today and those of earlier years.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    context = ValidationContext(trust_roots=_certificates(trusted_certificate_pem), allow_fetching=False)
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
        if not signatures:
            return _NOTHING_PROVEN
        status = _apart(lambda: validate_pdf_signature(signatures[-1], signer_validation_context=context))
    except Exception:  # noqa: BLE001 - bytes from anywhere, and a parser that fails in a hundred ways
        return _NOTHING_PROVEN
    return Verdict(
        intact=bool(status.intact and status.valid and _container_is_plain(pdf, signatures[-1])),
        trusted=bool(status.trusted),
        covers_whole_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
    )


def _apart(work: Callable[[], T]) -> T:
    """Do the work in a thread of its own: pyHanko starts an event loop, and a thread that has one refuses a second."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def _container_is_plain(pdf: bytes, signature: Any) -> bool:
    """Tell whether the signature's own bytes are as `sign` writes them.

    A signature cannot cover itself, and readers forgive much in it: letters of another case, bytes after
    its end, fields that nobody checks. Whatever is not covered by its mathematics must therefore equal the
    one plain form.
    """
    from asn1crypto import cms

    start, length, after, rest = (int(number) for number in signature.byte_range)
    der = signature.signed_data
    info = der["signer_infos"][0]
    plain = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v1",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": {"content_type": "data"},
                "certificates": der["certificates"],
                "signer_infos": [
                    {
                        "version": "v1",
                        "sid": info["sid"],
                        "digest_algorithm": {"algorithm": "sha256"},
                        "signed_attrs": info["signed_attrs"],
                        "signature_algorithm": info["signature_algorithm"],
                        "signature": info["signature"],
                    }
                ],
            },
        }
    ).dump()
    written = pdf[start + length : after]
    expected = b"<" + plain.hex().upper().encode() + b"0" * (len(written) - 2 - 2 * len(plain)) + b">"
    return written == expected and start == 0 and after + rest == len(pdf)


def _signing_only() -> Any:
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


@lru_cache(maxsize=4)
def _signer(material: SignerMaterial) -> Any:
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko.sign import signers

    first, *above = _certificates(material.certificate_pem)
    key = load_private_key_from_pemder_data(material.key_pem, passphrase=None)
    return signers.SimpleSigner(first, key, _store(above))


def _store(certificates: list[Any]) -> Any:
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(certificates)
    return store


def _certificates(pem: bytes) -> list[Any]:
    from pyhanko.keys import load_certs_from_pemder_data

    return list(load_certs_from_pemder_data(pem))
