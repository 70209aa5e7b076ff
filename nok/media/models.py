"""Stored files and videos."""

import enum
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.core.db import BigId, Created, Id, Model, UtcDateTime, words_of


class VideoStatus(enum.StrEnum):
    """Where a video stands on its way to the screen."""

    WAITING = "waiting"
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"


class StoredFile(Model):
    """Bytes in the storage, kept once however often they are uploaded."""

    __tablename__ = "stored_file"

    id: Mapped[Id]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    storage_key: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[Created]


class Video(Model):
    """A video. `length_ms` is 0 until it is known; `worked_until` is the lease of the worker that transcodes it."""

    __tablename__ = "video"

    id: Mapped[Id]
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_file.id"), unique=True)
    status: Mapped[VideoStatus] = mapped_column(
        words_of(VideoStatus),
        default=VideoStatus.WAITING,
    )
    length_ms: Mapped[int] = mapped_column(default=0)
    worked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Created]
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    file: Mapped[StoredFile] = relationship(lazy="raise_on_sql")

    @property
    def folder(self) -> str:
        """The storage key under which playlists, segments and the poster stand."""
        return f"videos/{self.id}"
