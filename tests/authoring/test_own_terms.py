"""Price and approvals are the course's own: a change is told and logged, and plain Markdown takes none away."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Role
from nok.authoring import service
from nok.core.audit import AuditLine
from nok.core.db import db
from nok.core.errors import Invalid
from nok.core.storage import open_storage
from nok.formats import course_folder, plain_folder
from nok.formats.folders.sources import CourseFolder
from tests.factories import courses, people, rows, world

SLUG = "needle-safety"
PRICE = 'price = "49.00"'


@pytest.fixture(autouse=True)
def teacher(app: Flask) -> None:
    with app.app_context():
        people.person(courses.TEACHER, Role.TEACHER)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of plain Markdown."""
    folder = tmp_path / "my-notes"
    folder.mkdir()
    (folder / "one.md").write_text("# One\n\nWords.\n")
    return folder


def written(root: Path, more: str = "", approvals: str = "", **options: Any) -> CourseFolder:
    folder = courses.write_folder(root, SLUG, more=more, **options)
    with (folder / "course.toml").open("a") as head:
        head.write(approvals)
    return course_folder.read(folder)


def plain(folder: Path, slug: str = SLUG) -> CourseFolder:
    return plain_folder.read(folder, courses.TEACHER, slug).course


def imported(app: Flask, folder: CourseFolder) -> tuple[int, bool, tuple[str, ...]]:
    with app.app_context():
        done = service.import_course(open_storage(app.extensions["nok"]), folder)
        db.session.commit()
        return done.number, done.new, done.changed


def told(app: Flask, action: str) -> list[tuple[str, str]]:
    """Return the old and the new of every such line of the log."""
    with app.app_context():
        lines = db.session.scalars(select(AuditLine.details).where(AuditLine.action == action).order_by(AuditLine.id))
        return [(details["old"], details["new"]) for details in lines]


def test_a_changed_price_is_told_and_logged_though_no_revision_is_made(app: Flask, tmp_path: Path) -> None:
    assert imported(app, written(tmp_path, PRICE)) == (1, True, ())
    assert told(app, "course.price_changed") == [], "a new course had no price before"
    assert imported(app, written(tmp_path, PRICE)) == (1, False, ())
    assert imported(app, written(tmp_path, 'price = "50"\ncurrency = "EUR"')) == (1, False, ("price",))
    assert imported(app, written(tmp_path)) == (1, False, ("price",))
    assert told(app, "course.price_changed") == [("49.00 USD", "50.00 EUR"), ("50.00 EUR", "0.00 USD")]


def test_changed_hours_and_dates_of_an_approval_are_told_and_logged(app: Flask, tmp_path: Path) -> None:
    assert imported(app, written(tmp_path, approvals=world.APPROVAL)) == (1, True, ())
    assert imported(app, written(tmp_path, approvals=world.APPROVAL)) == (1, False, ())
    other = world.APPROVAL.replace("1.5", "2.0").replace("2099", "2098")
    assert imported(app, written(tmp_path, approvals=other)) == (1, False, ("approvals",))
    old, new = "1.5 h, 2020-01-01 to 2099-12-31", "2 h, 2020-01-01 to 2098-12-31"
    assert told(app, "approval.changed") == [(old, new)]
    moved = other.replace("2020", "2021")
    assert imported(app, written(tmp_path, approvals=moved)) == (1, False, ("approvals",))
    assert told(app, "approval.removed") == [(new, "")]
    assert told(app, "approval.added") == [("", old), ("", new.replace("2020", "2021"))]


@pytest.mark.parametrize(
    "course",
    [
        {"more": PRICE},
        {"approvals": world.APPROVAL},
        {"more": 'category = "Safety"'},
        {"questions": 0, "previews": ["reading-1"]},
        {},
    ],
)
def test_plain_markdown_takes_nothing_from_a_course_that_is_more(
    app: Flask, tmp_path: Path, notes: Path, course: dict[str, Any]
) -> None:
    imported(app, written(tmp_path, **course))
    before = rows.all_rows(app)
    with pytest.raises(Invalid, match="nok export-course"):
        imported(app, plain(notes))
    assert rows.changed(before, rows.all_rows(app)) == {}
    assert imported(app, plain(notes, "another")) == (1, True, ())


def test_plain_markdown_is_the_next_revision_of_plain_markdown_until_a_price_is_set(
    app: Flask, tmp_path: Path, notes: Path
) -> None:
    assert imported(app, plain(notes)) == (1, True, ())
    (notes / "two.md").write_text("# Two\n\nMore words.\n")
    assert imported(app, plain(notes)) == (2, True, ())
    with app.app_context():
        service.export_course(open_storage(app.extensions["nok"]), SLUG, tmp_path / "out", None)
    assert imported(app, course_folder.read(tmp_path / "out")) == (2, False, ())
    assert imported(app, plain(notes)) == (2, False, ()), "exported and imported it is as plain as before"
    head = tmp_path / "out" / "course.toml"
    head.write_text(f"{PRICE}\n{head.read_text()}")
    assert imported(app, course_folder.read(tmp_path / "out")) == (2, False, ("price",))
    with pytest.raises(Invalid, match="would lose it"):
        imported(app, plain(notes))
