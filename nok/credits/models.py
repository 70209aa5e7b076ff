"""Boards and approvals."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.core.db import BigId, Id, Model, Title


class Board(Model):
    """Who licenses, by code such as `US-CA-CAB`: data of the provider, loaded from a file, never constants in code.

    `state` is two letters or empty for a national body, `provider_number` ours with that board. `number_pattern` is a
    regular expression for its license numbers, `number_hint` what to say of one that does not match. `hour_minutes` is
    the length of its credit hour. `demands` is what its approvals ask of a course (see credits.rules). `source`,
    `effective_from` and `last_checked` say where all this is from and how old it is.
    """

    __tablename__ = "board"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Title]
    state: Mapped[str] = mapped_column(String(2), default="", server_default="")
    provider_number: Mapped[str] = mapped_column(String(80), default="", server_default="")
    number_pattern: Mapped[str] = mapped_column(String(200), default="", server_default="")
    number_hint: Mapped[Title] = mapped_column(default="", server_default="")
    hour_minutes: Mapped[int] = mapped_column(default=60, server_default="60")
    keep_years: Mapped[int] = mapped_column(default=6, server_default="6")
    demands: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    source: Mapped[Title] = mapped_column(default="", server_default="")
    effective_from: Mapped[date | None] = mapped_column(Date)
    last_checked: Mapped[date | None] = mapped_column(Date)


class Approval(Model):
    """A board's word that a course counts: `hours` of `category`, from the first day to the last, both included.

    `delivery` is how it may be taught, such as "online, on demand".
    """

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("course_id", "board_id", "number", "category", "valid_from"),)

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("course.id"))
    board_id: Mapped[int] = mapped_column(BigId, ForeignKey("board.id"))
    number: Mapped[str] = mapped_column(String(80))
    category: Mapped[str] = mapped_column(String(80))
    hours: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    delivery: Mapped[str] = mapped_column(String(80), default="", server_default="")
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    board: Mapped[Board] = relationship(lazy="raise_on_sql")
