"""Boards and approvals."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Date, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.core.db import BigId, Id, Model, Title


class Board(Model):
    """Who licenses, by code such as `US-CA-CAB`."""

    __tablename__ = "board"

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Title]


class Approval(Model):
    """A board's word that a course counts: `hours` of `category`, from the first day to the last, both included."""

    __tablename__ = "approval"
    __table_args__ = (UniqueConstraint("course_id", "board_id", "number", "category", "valid_from"),)

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("course.id"))
    board_id: Mapped[int] = mapped_column(BigId, ForeignKey("board.id"))
    number: Mapped[str] = mapped_column(String(80))
    category: Mapped[str] = mapped_column(String(80))
    hours: Mapped[Decimal] = mapped_column(Numeric(6, 2))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date] = mapped_column(Date)
    board: Mapped[Board] = relationship(lazy="raise_on_sql")
