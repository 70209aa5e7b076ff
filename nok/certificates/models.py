"""Certificates."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from nok.core.db import BigId, Created, Data, Id, Model, UtcDateTime


class Certificate(Model):
    """One certificate of one enrollment. `facts` is the frozen snapshot that the PDF was made from."""

    __tablename__ = "certificate"

    id: Mapped[Id]
    serial: Mapped[str] = mapped_column(String(40), unique=True)
    enrollment_id: Mapped[int] = mapped_column(BigId, ForeignKey("enrollment.id"), unique=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    facts: Mapped[Data]
    pdf_key: Mapped[str] = mapped_column(String(120))
    pdf_sha256: Mapped[str] = mapped_column(String(64))
    issued_at: Mapped[Created]
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_reason: Mapped[str | None] = mapped_column(Text)
    revoked_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
