"""Boards from a file, and what their approvals ask of a course."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from nok.cli import cli
from nok.core.audit import AuditLine
from nok.core.clock import now
from nok.core.db import db
from nok.courses.models import Course
from nok.credits import queries, service
from nok.credits.models import Approval, Board
from nok.formats import boards_file
from nok.formats.problems import FolderProblems
from tests.factories import courses

TODAY = now().date()
FILE = """format = 1

[[boards]]
code = "US-XX"
name = "Board of X"
state = "XX"
provider_number = "DEMO-0000"
number_pattern = "^X[0-9]+$"
number_hint = "An X and digits."
hour_minutes = 50
keep_years = 4
demands = { least_test_items = 10, evaluation = true }
source = "A page"
effective_from = 2020-01-01
last_checked = 2026-11-22

[[boards]]
code = "US-NATIONAL"
name = "A National Body"
source = "Another page"
last_checked = 2026-11-22
"""


def written(folder: Path, text: str = FILE) -> Path:
    file = folder / "boards.toml"
    file.write_text(text)
    return file


def load(app: Flask, file: Path) -> service.Loaded:
    with app.app_context():
        done = service.load_boards(boards_file.read(file))
        db.session.commit()
        return done


def test_a_file_is_loaded_once_and_the_same_file_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    file = written(tmp_path)
    assert load(app, file) == service.Loaded(added=2, changed=0, unchanged=0)
    assert load(app, file) == service.Loaded(added=0, changed=0, unchanged=2)
    with app.app_context():
        assert [board.name for board in queries.boards()] == ["A National Body", "Board of X"]
        board = queries.board("US-XX")
        assert board is not None
        assert (board.state, board.hour_minutes, board.keep_years) == ("XX", 50, 4)
        assert board.demands == {"least_test_items": 10, "evaluation": True}
        assert (board.effective_from, board.last_checked) == (date(2020, 1, 1), date(2026, 11, 22))
        lines = db.session.scalars(select(AuditLine.action).where(AuditLine.action.like("board.%"))).all()
        assert lines == ["board.added", "board.added"]


def test_a_changed_file_changes_its_boards_and_leaves_the_others(app: Flask, tmp_path: Path) -> None:
    load(app, written(tmp_path))
    shorter = FILE.partition('[[boards]]\ncode = "US-NATIONAL"')[0].replace("keep_years = 4", "keep_years = 7")
    assert load(app, written(tmp_path, shorter)) == service.Loaded(added=0, changed=1, unchanged=0)
    with app.app_context():
        assert {board.code: board.keep_years for board in queries.boards()} == {"US-XX": 7, "US-NATIONAL": 6}


def test_a_board_that_a_course_named_first_becomes_what_the_file_says(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        db.session.add(Board(code="US-XX", name="As a course called it"))
        db.session.commit()
    assert load(app, written(tmp_path)).changed == 1
    with app.app_context():
        assert [board.name for board in queries.boards() if board.code == "US-XX"] == ["Board of X"]


@pytest.mark.parametrize(
    ("wrong", "right", "line", "said"),
    [
        ('code = "us xx"', 'code = "US-XX"', 4, "capitals"),
        ('code = "US-NATIONAL"', 'code = "US-XX"', 4, ""),
        ('state = "Xx"', 'state = "XX"', 6, "two capitals"),
        ('number_pattern = "^X[0-9"', 'number_pattern = "^X[0-9]+$"', 8, "regular expression"),
        ('hint = "An X and digits."', 'number_hint = "An X and digits."', 9, "not a known key"),
        ("hour_minutes = 0", "hour_minutes = 50", 10, "from 1 to 120"),
        ("demands = { items = 10 }", "demands = { least_test_items = 10, evaluation = true }", 12, "not a known key"),
        ("demands = { least_test_items = 0 }", "demands = { least_test_items = 10, evaluation = true }", 12, "from 1"),
        ("demands = { evaluation = 1 }", "demands = { least_test_items = 10, evaluation = true }", 12, "true"),
        ("", 'source = "A page"\n', 3, "source is missing"),
        ('effective_from = "2020"', "effective_from = 2020-01-01", 14, "a date without quotes"),
        ("format = 2", "format = 1", 1, "format = 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(wrong: str, right: str, line: int, said: str, tmp_path: Path) -> None:
    file = written(tmp_path, FILE.replace(right, wrong, 1))
    with pytest.raises(FolderProblems) as told:
        boards_file.read(file)
    found = [problem for problem in told.value.problems if said in problem.message]
    assert found, told.value
    assert found[0].file == "boards.toml"
    assert found[0].line == line or not said


def test_a_file_without_boards_or_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for file in (written(tmp_path, "format = 1\n"), tmp_path / "none.toml", tmp_path / "none" / "boards.toml"):
        with pytest.raises(FolderProblems):
            boards_file.read(file)


def test_the_command_loads_all_or_nothing_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOK_DATA_DIR", str(tmp_path / "data"))
    assert CliRunner().invoke(cli, ["prepare"]).exit_code == 0
    file = written(tmp_path, FILE.replace('name = "A National Body"\n', ""))
    done = CliRunner().invoke(cli, ["load-boards", str(file)])
    assert done.exit_code == 1
    assert "nothing was loaded" in done.output
    assert "boards.toml:17: name is missing" in done.output
    file = written(tmp_path)
    assert "2 added, 0 changed" in CliRunner().invoke(cli, ["load-boards", str(file)]).output
    assert "0 added, 0 changed, 2 as they were" in CliRunner().invoke(cli, ["load-boards", str(file)]).output


def approved(course_id: int, code: str, first: date, last: date, number: str = "T-1") -> service.ApprovalFacts:
    return service.ApprovalFacts(code, code, number, "General", Decimal(1), first, last, "online, on demand")


def test_demands_are_those_of_the_approvals_that_have_not_ended(app: Flask, tmp_path: Path) -> None:
    load(app, written(tmp_path))
    day = timedelta(days=1)
    with app.app_context():
        courses.published(tmp_path / "courses")
        course_id = db.session.scalars(select(Course.id)).one()
        assert service.demands_of(course_id, TODAY) == {}
        facts = [
            approved(course_id, "US-XX", TODAY - 9 * day, TODAY),
            approved(course_id, "US-NATIONAL", TODAY + day, TODAY + 9 * day),
            approved(course_id, "US-OLD", TODAY - 9 * day, TODAY - day),
        ]
        service.store_approvals(course_id, facts)
        assert service.demands_of(course_id, TODAY) == {
            "US-NATIONAL": {},
            "US-XX": {"least_test_items": 10, "evaluation": True},
        }


def test_the_log_tells_what_became_of_approvals_and_of_the_board_they_named_first(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        courses.published(tmp_path / "courses")
        course_id = db.session.scalars(select(Course.id)).one()
        first = approved(course_id, "US-XX", date(2026, 1, 1), date(2026, 12, 31))
        longer = replace(first, valid_until=date(2027, 12, 31), hours=Decimal("1.505"))
        for facts, changed in (([first], True), ([first], False), ([longer], True), ([longer], False), ([], True)):
            assert service.store_approvals(course_id, facts) is changed
            db.session.commit()
            db.session.expire_all()
        lines = db.session.execute(
            select(AuditLine.action, AuditLine.details)
            .where(AuditLine.action.like("board.%") | AuditLine.action.like("approval.%"))
            .order_by(AuditLine.id)
        )
        one, other = (f"{h} h, 2026-01-01 to {y}-12-31, online, on demand" for h, y in (("1", 2026), ("1.5", 2027)))
        assert [(action, list(details.values())) for action, details in lines] == [
            ("board.added", ["US-XX"]),
            ("approval.added", ["US-XX", "T-1", "General", "", one]),
            ("approval.changed", ["US-XX", "T-1", "General", one, other]),
            ("approval.removed", ["US-XX", "T-1", "General", other, ""]),
        ]


def test_approvals_are_stored_with_their_delivery_and_corrected_in_place(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        courses.published(tmp_path / "courses")
        course_id = db.session.scalars(select(Course.id)).one()
        service.store_approvals(course_id, [approved(course_id, "US-XX", TODAY, TODAY)])
        db.session.flush()
        service.store_approvals(course_id, [approved(course_id, "US-XX", TODAY, TODAY + timedelta(days=9))])
        db.session.commit()
        assert db.session.scalar(select(func.count()).select_from(Approval)) == 1
        (line,) = queries.credit_on(course_id, TODAY + timedelta(days=9))
        assert (line.board_code, line.delivery, str(line.hours)) == ("US-XX", "online, on demand", "1")
