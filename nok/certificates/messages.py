"""What certificates tell the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CertificateIssued:
    """A certificate can be downloaded."""

    certificate_id: int


@dataclass(frozen=True)
class CertificateWaiting:
    """A course is completed, and its certificate waits until the holder confirms the name that it will carry."""

    enrollment_id: int


@dataclass(frozen=True)
class CertificateRevoked:
    """A certificate stands no more."""

    certificate_id: int
