"""The verbs of credits: keep the boards, store what they approved, and say what their approvals ask."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nok.core import audit
from nok.core.db import db
from nok.credits import queries
from nok.credits.models import Approval, Board
from nok.credits.rules import written
from nok.formats.boards_file import BoardSource

PLACES = 2  # of hours, as the table keeps them: more would look like a change at every import


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
    delivery: str = ""


@dataclass(frozen=True)
class Loaded:
    """What a boards file did: how many boards it added, changed, and found as they are."""

    added: int
    changed: int
    unchanged: int


def load_boards(file: Iterable[BoardSource]) -> Loaded:
    """Make the boards what the file says of them; those that it does not name stay. Twice changes nothing."""
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for source in file:
        board = queries.board(source.code)
        state = "added"
        if board is None:
            board = Board(code=source.code)
            db.session.add(board)
        else:
            state = "unchanged" if all(getattr(board, key) == said for key, said in _said(source)) else "changed"
        counts[state] += 1
        if state != "unchanged":
            for key, said in _said(source):
                setattr(board, key, said)
            audit.record(f"board.{state}", f"board:{source.code}", source=source.source)
    db.session.flush()
    return Loaded(**counts)


def store_approvals(course_id: int, facts: list[ApprovalFacts]) -> bool:
    """Make the approvals of a course those in `facts`; return whether that changed any.

    New ones are added; hours, end and delivery are corrected; the others are dropped.
    """
    changed = False
    kept = {(row.board_id, row.number, row.category, row.valid_from): row for row in queries.approvals(course_id)}
    for fact in facts:
        board = _board(fact.board_code, fact.board_name)
        row = kept.pop((board.id, fact.number, fact.category, fact.valid_from), None)
        old = _terms(row) if row else ""
        if row is None:
            row = Approval(
                course_id=course_id,
                board=board,
                number=fact.number,
                category=fact.category,
                valid_from=fact.valid_from,
            )
            db.session.add(row)
        row.hours, row.valid_until, row.delivery = round(fact.hours, PLACES), fact.valid_until, fact.delivery
        if (new := _terms(row)) != old:
            changed = True
            _record("changed" if old else "added", row, old, new)
    for row in kept.values():
        _record("removed", row, _terms(row), "")
        db.session.delete(row)
    return changed or bool(kept)


def demands_of(course_id: int, day: date) -> dict[str, dict[str, Any]]:
    """Return what the approvals of a course ask of it, by board code, as JSON that a revision can keep.

    An approval that begins after `day` counts, too: the revision published today is the one it will cover.
    """
    return {board.code: dict(board.demands) for board in queries.boards_of_course(course_id, day)}


def _said(source: BoardSource) -> list[tuple[str, Any]]:
    return [(key, said) for key, said in asdict(source).items() if key != "code"]


def _terms(row: Approval) -> str:
    """Return what can differ between two approvals of one number, for the log."""
    days = f"{row.valid_from} to {row.valid_until}"
    return ", ".join(filter(None, (f"{written(row.hours)} h", days, row.delivery)))


def _record(act: str, row: Approval, old: str, new: str) -> None:
    audit.record(
        f"approval.{act}",
        f"course:{row.course_id}",
        board=row.board.code,
        number=row.number,
        category=row.category,
        old=old,
        new=new,
    )


def _board(code: str, name: str) -> Board:
    board = queries.board(code)
    if board is None:
        board = Board(code=code, name=name)
        db.session.add(board)
        db.session.flush()
        audit.record("board.added", f"board:{code}", name=name)
    return board
