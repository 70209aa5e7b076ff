"""Every SELECT over boards and approvals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from nok.accounts import queries as accounts
from nok.accounts.models import License
from nok.accounts.rules import days_left
from nok.core.db import db
from nok.credits.models import Approval, Board
from nok.credits.rules import written


@dataclass(frozen=True)
class CreditLine:
    """Hours of one category under one approval. `provider_number` is ours with that board, `keep_years` its rule."""

    board_code: str
    board_name: str
    number: str
    category: str
    hours: Decimal
    valid_from: date
    valid_until: date
    delivery: str
    provider_number: str
    keep_years: int


def credit_on(course_id: int, day: date) -> list[CreditLine]:
    """Return what may be claimed for a completion on `day`, the holder's own; empty means "no credit claimed".

    An approval covers its first and its last day.
    """
    rows = db.session.scalars(
        select(Approval)
        .join(Approval.board)
        .options(contains_eager(Approval.board))
        .where(Approval.course_id == course_id, Approval.valid_from <= day, Approval.valid_until >= day)
        .order_by(Board.name, Approval.category, Approval.number, Approval.id)
    )
    return [
        CreditLine(
            board_code=row.board.code,
            board_name=row.board.name,
            number=row.number,
            category=row.category,
            hours=written(row.hours),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            delivery=row.delivery,
            provider_number=row.board.provider_number,
            keep_years=row.board.keep_years,
        )
        for row in rows
    ]


def boards_of_course(course_id: int, day: date) -> Sequence[Board]:
    """Return the boards with an approval of the course that has not ended before `day`."""
    mine = select(Approval.board_id).where(Approval.course_id == course_id, Approval.valid_until >= day)
    return db.session.scalars(select(Board).where(Board.id.in_(mine)).order_by(Board.code)).all()


def boards() -> Sequence[Board]:
    """Return all boards by name, for choices."""
    return db.session.scalars(select(Board).order_by(Board.name)).all()


@dataclass(frozen=True)
class HeldLicense:
    """A license of a person, the name of its board, and the days until it expires: None if it never does."""

    license: License
    board_name: str
    days_left: int | None


def licenses_of(person_id: int, today: date) -> list[HeldLicense]:
    """Return the licenses of a person, the one that expires first on top; two statements."""
    names = {board.code: board.name for board in boards()}
    return [
        HeldLicense(held, names.get(held.board_code, held.board_code), days_left(held.expires_on, today))
        for held in accounts.licenses(person_id)
    ]


def board(code: str) -> Board | None:
    """Return the board with this code, or None."""
    return db.session.scalar(select(Board).where(Board.code == code))


def approvals(course_id: int) -> list[Approval]:
    """Return all approvals of a course with their boards, past ones included."""
    return list(
        db.session.scalars(
            select(Approval)
            .join(Approval.board)
            .options(contains_eager(Approval.board))
            .where(Approval.course_id == course_id)
            .order_by(Approval.id)
        )
    )
