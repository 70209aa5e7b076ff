"""The key that signs certificates: made at first start under the data directory, replaceable by two settings."""

import fcntl
import os
from functools import cache
from pathlib import Path

from nok.settings import Settings

LONGEST_COMMON_NAME = 64  # X.520


def ensure_key(settings: Settings) -> None:
    """Make the key and its certificate unless they are there; processes that start together make one."""
    # Imported here: see signed_pdf below.
    from nok.formats import pdf_signature

    key, certificate = settings.signing_key, settings.signing_certificate
    if key.exists() and certificate.exists():
        return
    key.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (key.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if key.exists() and certificate.exists():
            return
        if key.exists() or certificate.exists():
            raise FileNotFoundError(f"Of {key} and {certificate} only one is there: restore the other from a backup.")
        made = pdf_signature.new_signer(settings.provider_name[:LONGEST_COMMON_NAME])
        _write(key, made.key_pem, 0o600)
        _write(certificate, made.certificate_pem, 0o644)


def signed_pdf(settings: Settings, pdf: bytes, reason: str) -> bytes:
    """Return the PDF signed with our key."""
    # Imported here: the signer is heavy, and only the worker ever needs it.
    from nok.formats import pdf_signature

    ensure_key(settings)
    material = pdf_signature.SignerMaterial(
        key_pem=_read(settings.signing_key), certificate_pem=_read(settings.signing_certificate)
    )
    return pdf_signature.sign(pdf, material, reason)


@cache
def _read(path: Path) -> bytes:
    return path.read_bytes()


def _write(path: Path, content: bytes, mode: int) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with open(partial, "wb", opener=lambda name, flags: os.open(name, flags | os.O_TRUNC, mode)) as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    partial.replace(path)
