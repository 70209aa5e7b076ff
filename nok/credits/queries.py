"""Every SELECT over boards and approvals."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from nok.core.db import db
from nok.credits.models import Approval, Board
from nok.credits.rules import written


@dataclass(frozen=True)
class CreditLine:
    """Hours of one category under one approval."""

    board_name: str
    number: str
    category: str
    hours: Decimal
    valid_from: date
    valid_until: date


def credit_on(course_id: int, day: date) -> list[CreditLine]:
    """Return what may be claimed for a completion on `day`; empty means "no credit claimed"."""
    rows = db.session.scalars(
        select(Approval)
        .join(Approval.board)
        .options(contains_eager(Approval.board))
        .where(Approval.course_id == course_id, Approval.valid_from <= day, Approval.valid_until >= day)
        .order_by(Board.name, Approval.category)
    )
    return [
        CreditLine(row.board.name, row.number, row.category, written(row.hours), row.valid_from, row.valid_until)
        for row in rows
    ]


def board(code: str) -> Board | None:
    """Return the board with this code, or None."""
    return db.session.scalar(select(Board).where(Board.code == code))


def approvals(course_id: int) -> list[Approval]:
    """Return all approvals of a course, past ones included."""
    return list(db.session.scalars(select(Approval).where(Approval.course_id == course_id)))
