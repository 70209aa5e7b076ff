"""The watch ledger, progress and completion."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nok.core.db import BigId, Created, Id, Model, UtcDateTime, words_of


class Route(enum.StrEnum):
    """How a video lesson is followed; both earn the same seat time by the same clock."""

    FILM = "film"
    TRANSCRIPT = "transcript"


class WatchSession(Model):
    """One player at one lesson. `last_beat_at` is the server's clock at the last accepted beat.

    `route` is how the lesson is followed: by the film, or by its transcript.
    """

    __tablename__ = "watch_session"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(BigId, ForeignKey("enrollment.id"), index=True)
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"))
    route: Mapped[Route] = mapped_column(words_of(Route), default=Route.FILM, server_default="film")
    started_at: Mapped[Created]
    last_seq: Mapped[int] = mapped_column(default=0)
    last_beat_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ActivePlayer(Model):
    """Which watch session of a person counts: the newest. One at a time, or two tabs would earn double."""

    __tablename__ = "active_player"

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    session_id: Mapped[str] = mapped_column(String(36))


class WatchEntry(Model):
    """A line of the ledger: an accepted beat. `played` and `accepted` are lists of [start, end] in media milliseconds.

    `allowed_ms` is what the server's clock allowed at that beat: an auditor can follow the arithmetic.
    """

    __tablename__ = "watch_entry"
    __table_args__ = (
        UniqueConstraint("session_id", "seq"),
        Index("ix_watch_entry_lesson", "enrollment_id", "lesson_id"),
    )

    id: Mapped[Id]
    session_id: Mapped[str] = mapped_column(String(36), ForeignKey("watch_session.id"))
    enrollment_id: Mapped[int] = mapped_column(BigId, ForeignKey("enrollment.id"))
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"))
    seq: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    played: Mapped[list[Any]] = mapped_column(JSON)
    accepted: Mapped[list[Any]] = mapped_column(JSON)
    allowed_ms: Mapped[int]


class LessonProgress(Model):
    """The ledger of one lesson, folded. `covered` is a sorted list of disjoint [start, end] in media milliseconds."""

    __tablename__ = "lesson_progress"
    __table_args__ = (UniqueConstraint("enrollment_id", "lesson_id"),)

    id: Mapped[Id]
    enrollment_id: Mapped[int] = mapped_column(BigId, ForeignKey("enrollment.id"))
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"))
    covered: Mapped[list[Any]] = mapped_column(JSON, default=list)
    position_ms: Mapped[int] = mapped_column(default=0)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Completion(Model):
    """All gates done, at a moment; once for each enrollment."""

    __tablename__ = "completion"

    enrollment_id: Mapped[int] = mapped_column(BigId, ForeignKey("enrollment.id"), primary_key=True)
    completed_at: Mapped[Created]
