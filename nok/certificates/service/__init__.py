"""The verbs of certificates: issue one, or all that wait for a name; revoke one; have a key to sign with."""

from nok.certificates.service.issuing import issue, issue_waiting
from nok.certificates.service.revoking import revoke
from nok.certificates.service.signing import ensure_key

__all__ = ["ensure_key", "issue", "issue_waiting", "revoke"]
