"""The verbs of credits: store what a board approved."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nok.core import audit
from nok.core.db import db
from nok.credits import queries
from nok.credits.models import Approval, Board


@dataclass(frozen=True)
class ApprovalFacts:
    """An approval as the provider writes it down."""

    board_code: str
    board_name: str
    number: str
    category: str
    hours: Decimal
    valid_from: date
    valid_until: date


def store_approvals(course_id: int, facts: list[ApprovalFacts]) -> None:
    """Make the approvals of a course those in `facts`: add new ones, correct hours and end, drop the others."""
    kept = {(row.board_id, row.number, row.category, row.valid_from): row for row in queries.approvals(course_id)}
    for fact in facts:
        board = _board(fact.board_code, fact.board_name)
        row = kept.pop((board.id, fact.number, fact.category, fact.valid_from), None)
        if row is None:
            row = Approval(
                course_id=course_id,
                board_id=board.id,
                number=fact.number,
                category=fact.category,
                valid_from=fact.valid_from,
            )
            db.session.add(row)
            audit.record("approval.added", f"course:{course_id}", board=fact.board_code, number=fact.number)
        row.hours, row.valid_until = fact.hours, fact.valid_until
    for row in kept.values():
        db.session.delete(row)
        audit.record("approval.removed", f"course:{course_id}", number=row.number)


def _board(code: str, name: str) -> Board:
    board = queries.board(code)
    if board is None:
        board = Board(code=code, name=name)
        db.session.add(board)
        db.session.flush()
    return board
