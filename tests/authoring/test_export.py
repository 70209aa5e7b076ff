"""A course leaves as a folder, and the folder is the same course again."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from nok.accounts.models import Role
from nok.assessments.models import Question
from nok.authoring import service
from nok.core.db import db
from nok.core.errors import Conflict, Invalid, NotFound
from nok.core.storage import open_storage
from nok.courses.models import Course, CourseRevision
from nok.credits.models import Board
from nok.formats import article_folder, course_folder
from nok.formats.folders.sources import CourseFolder
from nok.media.models import StoredFile, Video
from tests.factories import articles, courses, people, rows
from tests.formats.course_on_disk import CourseOnDisk, tree

SLUG = "needle-depth"
Files = dict[str, bytes]


@pytest.fixture
def stored(app: Flask, course: CourseOnDisk) -> CourseOnDisk:
    """The same, imported once."""
    with app.app_context():
        people.person(courses.TEACHER, Role.TEACHER)
    imported(app, course.root)
    return course


def imported(app: Flask, folder: Path) -> tuple[int, bool]:
    with app.app_context():
        done = service.import_course(open_storage(app.extensions["nok"]), course_folder.read(folder))
        db.session.commit()
        return done.number, done.new


def exported(app: Flask, target: Path, number: int | None = None) -> Files:
    with app.app_context():
        service.export_course(open_storage(app.extensions["nok"]), SLUG, target, number)
    return tree(target)


def said(folder: CourseFolder) -> object:
    """Return all that a folder says, without where it says it and the ids that an import gave."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {key: bare(item) for key, item in value.items() if key not in ("path", "digest", "line", "cues")}
        return [bare(item) for item in value] if isinstance(value, list | tuple) else value

    lessons = [lesson for section in folder.sections for lesson in section.lessons]
    keyless = [replace(block, key=None) for lesson in lessons for block in lesson.blocks]
    without = [replace(lesson, blocks=()) for lesson in lessons]
    return bare([asdict(replace(folder, sections=())), *map(asdict, without), *map(asdict, keyless)])


def test_an_exported_folder_is_the_course(app: Flask, stored: CourseOnDisk, tmp_path: Path) -> None:
    files = exported(app, tmp_path / "out")
    assert set(files) == {
        "about.md",
        "course.toml",
        "files/chart.pdf",
        *(f"lessons/{name}.md" for name in ("chart", "consent", "depth", "final", "layers", "word")),
        "pictures/item.svg",
        "pictures/layers.svg",
        "questions/final.txt",
        "scope-notice.md",
        "videos/depth.en.vtt",
        "videos/depth.mp4",
        "worksheets/consent.txt",
    }
    for name in ("files/chart.pdf", "pictures/item.svg", "videos/depth.mp4", "videos/depth.en.vtt"):
        assert files[name] == (stored.root / name).read_bytes()
    assert b"{#b-aaaaaaa1}" in files["lessons/layers.md"]
    assert files["lessons/layers.md"].count(b"{#b-") == 4
    assert files["course.toml"].count(b"DEMO-NOT-REAL-0001") == 1


def test_nothing_that_a_folder_says_is_lost(app: Flask, stored: CourseOnDisk, tmp_path: Path) -> None:
    exported(app, tmp_path / "out")
    assert said(course_folder.read(tmp_path / "out")) == said(stored.read())


def test_importing_what_was_exported_changes_nothing(app: Flask, stored: CourseOnDisk, tmp_path: Path) -> None:
    first = exported(app, tmp_path / "out")
    before = rows.all_rows(app)
    assert imported(app, tmp_path / "out") == (1, False)
    assert rows.changed(before, rows.all_rows(app)) == {}
    assert exported(app, tmp_path / "again") == first


def test_the_folder_it_came_from_still_changes_nothing_after_that(
    app: Flask, stored: CourseOnDisk, tmp_path: Path
) -> None:
    exported(app, tmp_path / "out")
    imported(app, tmp_path / "out")
    assert imported(app, stored.root) == (1, False)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("videos/depth.mp4", "isom", "iso2"),
        ("files/chart.pdf", "1.4", "1.5"),
        ("pictures/item.svg", "v9", "v8"),
        ("videos/depth.en.vtt", "deep", "deeply"),
        ("questions/final.txt", "two", "one"),
        ("worksheets/consent.txt", "60", "61"),
        ("lessons/word.md", "minutes = 2", "minutes = 3"),
        ("course.toml", "access_days = 365", "access_days = 366"),
    ],
)
def test_any_change_is_a_new_revision(app: Flask, stored: CourseOnDisk, file: str, old: str, new: str) -> None:
    stored.change(file, old, new)
    assert imported(app, stored.root) == (2, True)


def test_a_new_price_holds_for_the_course_and_makes_no_revision(app: Flask, stored: CourseOnDisk) -> None:
    stored.change("course.toml", "49.50", "59")
    assert imported(app, stored.root) == (1, False)
    with app.app_context():
        assert list(db.session.scalars(select(Course.price_cents))) == [5900]


def test_every_revision_can_be_had(app: Flask, stored: CourseOnDisk, tmp_path: Path) -> None:
    first = exported(app, tmp_path / "first")
    stored.change("lessons/layers.md", "Three of them.", "Three, or four.")
    imported(app, stored.root)
    assert b"Three, or four." in exported(app, tmp_path / "second")["lessons/layers.md"]
    assert exported(app, tmp_path / "first-again", 1) == first


def test_a_block_that_moves_to_another_lesson_takes_its_key_along(app: Flask, stored: CourseOnDisk) -> None:
    stored.change("lessons/layers.md", "Three of them.\n{#b-aaaaaaa1}\n", "Three of us.\n")
    stored.change("lessons/chart.md", "Read it to the end.", "Three of them.\n{#b-aaaaaaa1}")
    assert imported(app, stored.root) == (2, True)
    exported(app, stored.root.parent / "out")


@pytest.mark.parametrize("there", ["file", "full"])
def test_nothing_that_is_there_is_written_over(app: Flask, stored: CourseOnDisk, tmp_path: Path, there: str) -> None:
    target = tmp_path / "out"
    if there == "file":
        target.write_text("mine")
    else:
        target.mkdir()
        (target / "mine").write_text("mine")
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(Conflict, match="empty folder"):
        exported(app, target)
    assert {path.name for path in tmp_path.iterdir()} == before


def test_an_empty_folder_is_filled(app: Flask, stored: CourseOnDisk, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    assert "course.toml" in exported(app, tmp_path / "out")


def test_what_cannot_be_written_leaves_nothing_behind(app: Flask, stored: CourseOnDisk, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    with app.app_context():
        keys = db.session.scalars(select(StoredFile.storage_key).join(Video, Video.file_id == StoredFile.id)).all()
        for key in keys:
            open_storage(app.extensions["nok"]).delete(key)
    with pytest.raises(NotFound):
        exported(app, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_revision_of_before_the_markdown_was_kept_says_so(app: Flask, stored: CourseOnDisk, tmp_path: Path) -> None:
    with app.app_context():
        db.session.execute(update(Question).values(stem_markdown=""))
        db.session.commit()
    with pytest.raises(Invalid, match="before the Markdown"):
        exported(app, tmp_path / "out")
    stored.change("course.toml", "format = 1", "format = 1  # as ever")
    assert imported(app, stored.root) == (2, True)
    exported(app, tmp_path / "out")


def test_what_an_approval_demands_is_frozen_on_the_revision_or_refused(app: Flask, stored: CourseOnDisk) -> None:
    def demand(**demands: object) -> None:
        with app.app_context():
            db.session.execute(update(Board).values(demands=demands))
            db.session.commit()

    demand(evaluation=True, worksheet_review=True)
    assert imported(app, stored.root) == (2, True)
    with app.app_context():
        frozen = db.session.scalar(select(CourseRevision.requirements).where(CourseRevision.number == 2))
        assert frozen == {"US-CA-CAB": {"evaluation": True, "worksheet_review": True}}
    assert imported(app, stored.root) == (2, False)
    demand(least_test_items=10)
    before = rows.all_rows(app)
    with pytest.raises(Invalid, match="US-CA-CAB: at least 10 questions in the test; it has 1"):
        imported(app, stored.root)
    assert rows.changed(before, rows.all_rows(app)) == {}
    text = (stored.root / "course.toml").read_text()
    stored.write("course.toml", text.partition("[[approvals]]")[0])
    assert imported(app, stored.root) == (2, False), "nothing is demanded where nothing is approved"


def test_an_article_comes_back_as_well(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        people.person(courses.TEACHER, Role.TEACHER)
        people.person("second@test.example", Role.TEACHER)
        folder = articles.write_folder(tmp_path)
        text = (folder / "article.md").read_text()
        (folder / "article.md").write_text(text.replace("updated", 'reviewer = "second@test.example"\nupdated', 1))
        storage = open_storage(app.extensions["nok"])
        assert service.import_article(storage, article_folder.read(folder)).number == 1
        db.session.commit()
        service.export_article(storage, "how-it-heals", tmp_path / "out")
        assert not service.import_article(storage, article_folder.read(tmp_path / "out")).new
        db.session.commit()
        service.export_article(storage, "how-it-heals", tmp_path / "again")
    assert tree(tmp_path / "out") == tree(tmp_path / "again")
    assert b'reviewer = "second@test.example"' in tree(tmp_path / "out")["article.md"]
