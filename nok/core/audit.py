"""Who did what to what: lines that are only ever added."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nok.core.db import BigId, Created, Data, Id, Model, db
from nok.core.logs import current_request_id


class AuditLine(Model):
    """One act. `actor_id` is empty when the system acted; `subject` is a type and an id, such as `enrollment:12`."""

    __tablename__ = "audit_line"
    __table_args__ = (Index("ix_audit_line_subject", "subject"),)

    id: Mapped[Id]
    at: Mapped[Created]
    actor_id: Mapped[int | None] = mapped_column(BigId)
    action: Mapped[str] = mapped_column(String(80))
    subject: Mapped[str] = mapped_column(String(120))
    details: Mapped[Data]
    request_id: Mapped[str] = mapped_column(String(64))


def record(action: str, subject: str, *, actor_id: int | None = None, **details: str | int | None) -> None:
    """Add a line to the log, in the current transaction."""
    db.session.add(
        AuditLine(
            actor_id=actor_id,
            action=action,
            subject=subject,
            details=details,
            request_id=current_request_id(),
        )
    )
