"""Questions about a text, and what was said to them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from nok.core.db import BigId, Id, Model, Moment, Prose, UtcDateTime


class Question(Model):
    """What someone asks about a text, a passage of it (`quote`, or '') or a moment of its film (`media_ms`).

    `source` and `made_on` name the revision that was read, as annotations do. `waiting_since` is when the asker had the
    last word, None while the other has it; `shared_at` when it was shown to every reader.
    """

    __tablename__ = "question_asked"
    __table_args__ = (
        Index("ix_question_asked_source", "source", "shared_at"),
        Index("ix_question_asked_asker_id", "asker_id", "asked_at"),
        Index("ix_question_asked_asked_id", "asked_id", "waiting_since"),
    )

    id: Mapped[Id]
    asker_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    asked_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(300))
    made_on: Mapped[int]
    quote: Mapped[Prose]
    media_ms: Mapped[int | None]
    text: Mapped[Prose]
    asked_at: Mapped[Moment]
    waiting_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Reply(Model):
    """What one of the two wrote after the question."""

    __tablename__ = "question_reply"

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(BigId, ForeignKey("question_asked.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    text: Mapped[Prose]
    written_at: Mapped[Moment]
