"""What certificates tell the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CertificateIssued:
    """A certificate can be downloaded."""

    certificate_id: int
