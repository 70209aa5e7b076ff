"""Revoke a certificate: in the open, with a reason, and only once."""

from flask_babel import lazy_gettext as _

from nok.accounts.models import Person
from nok.certificates import queries
from nok.certificates.messages import CertificateRevoked
from nok.certificates.models import Certificate
from nok.certificates.rules import LONGEST_REASON
from nok.core import audit, outbox
from nok.core.clock import now
from nok.core.errors import Conflict, Invalid


def revoke(certificate: Certificate, reason: str, actor: Person) -> None:
    """Say that a certificate stands no more; anyone who checks it reads the reason.

    Raise Invalid without a reason, Conflict when it is revoked already.
    """
    reason = " ".join(reason.split())
    if not reason:
        raise Invalid(_("Give a reason: whoever checks the certificate will read it."))
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("Say it in at most %(most)s characters.", most=LONGEST_REASON))
    certificate = queries.locked_certificate(certificate.id)
    if certificate.revoked_at is not None:
        raise Conflict(_("This certificate was revoked before."))
    certificate.revoked_at, certificate.revoked_reason, certificate.revoked_by_id = now(), reason, actor.id
    audit.record(
        "certificate.revoked",
        f"certificate:{certificate.id}",
        actor_id=actor.id,
        serial=certificate.serial,
        reason=reason,
    )
    outbox.publish(CertificateRevoked(certificate.id))
