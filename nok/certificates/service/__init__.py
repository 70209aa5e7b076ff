"""The verbs of certificates: issue one, and make sure that there is a key to sign with."""

from nok.certificates.service.issuing import issue
from nok.certificates.service.signing import ensure_key

__all__ = ["ensure_key", "issue"]
