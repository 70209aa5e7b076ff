"""A folder becomes a revision: all of it or nothing, once, and nobody who began before is moved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Role
from nok.articles.models import ArticleRevision
from nok.authoring import service
from nok.core.db import db
from nok.core.errors import Invalid
from nok.core.outbox import OutboxMessage
from nok.core.storage import open_storage
from nok.courses.models import Block, CourseRevision, Lesson
from nok.credits.models import Approval
from nok.enrollments.models import Enrollment
from nok.formats import course_folder
from nok.formats.problems import FolderProblems
from tests.factories import articles, courses, people, rows, world
from tests.pages import Browser

SLUG = "needle-safety"


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Path:
    """A course folder that was imported once."""
    with app.app_context():
        courses.published(tmp_path)
    return tmp_path / SLUG


def imported(app: Flask, folder: Path) -> tuple[int, bool]:
    """Import as the command does; return the revision and whether it is new."""
    with app.app_context():
        done = service.import_course(open_storage(app.extensions["nok"]), course_folder.read(folder))
        db.session.commit()
        return done.number, done.new


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def keys(app: Flask, number: int) -> dict[str, str]:
    """Return the keys of a revision's blocks by their text."""
    with app.app_context():
        found = db.session.execute(
            select(Block.markdown, Block.key)
            .join(Lesson, Lesson.id == Block.lesson_id)
            .join(CourseRevision, CourseRevision.id == Lesson.revision_id)
            .where(CourseRevision.number == number)
        )
        return {text: key for text, key in found}  # noqa: C416


def test_the_same_folder_twice_changes_nothing(app: Flask, folder: Path) -> None:
    before = rows.all_rows(app)
    assert imported(app, folder) == (1, False)
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_a_changed_folder_makes_the_next_revision_and_leaves_the_first_as_it_was(app: Flask, folder: Path) -> None:
    before = rows.all_rows(app)
    change(folder, "lessons/reading-1.md", "Words of reading 1.", "Better words of reading 1.")
    assert imported(app, folder) == (2, True)
    after = rows.all_rows(app)
    for table in ("course_revision", "lesson", "block", "question", "choice", "section"):
        assert set(map(repr, before[table])) <= set(map(repr, after[table])), f"a revision is never changed: {table}"
    assert "Better words" not in repr(before)
    with app.app_context():
        kinds = list(db.session.scalars(select(OutboxMessage.kind)))
    assert kinds.count("CoursePublished") == 2


def test_blocks_that_are_the_same_keep_their_keys(app: Flask, folder: Path) -> None:
    first = keys(app, 1)
    change(
        folder, "lessons/reading-1.md", "Words of reading 1.", "Words of reading one, corrected.\n\nAn added thought."
    )
    change(folder, "course.toml", '"reading-1", "reading-2"', '"reading-2", "reading-1"')
    imported(app, folder)
    second = keys(app, 2)
    assert first["Words of reading 2."] == second["Words of reading 2."]
    assert first["Words of reading 1."] == second["Words of reading one, corrected."]
    assert second["An added thought."] not in first.values()


def test_who_is_enrolled_stays_on_what_they_began_with(
    app: Flask, folder: Path, sign_in: Callable[[str], Browser]
) -> None:
    with app.app_context():
        people.person()
        people.person("later@test.example")
    early = sign_in("learner@test.example")
    early.submit(f"/courses/{SLUG}/enroll")
    change(folder, "lessons/reading-1.md", "Words of reading 1.", "Better words.")
    change(folder, "course.toml", '"reading-2"', '"reading-2", "reading-3"')
    (folder / "lessons" / "reading-3.md").write_text((folder / "lessons" / "reading-2.md").read_text())
    imported(app, folder)
    assert "Words of reading 1." in early.get(f"/learn/{SLUG}/reading-1").text
    early.get(f"/learn/{SLUG}/reading-3", expect=404)
    assert early.submit(f"/courses/{SLUG}/enroll").status_code == 303
    assert "Words of reading 1." in early.get(f"/learn/{SLUG}/reading-1").text, "enrolling again moves nobody"
    later = sign_in("later@test.example")
    later.submit(f"/courses/{SLUG}/enroll")
    assert "Better words." in later.get(f"/learn/{SLUG}/reading-1").text
    later.get(f"/learn/{SLUG}/reading-3")
    with app.app_context():
        assert sorted(db.session.scalars(select(CourseRevision.number).join(Enrollment))) == [1, 2]


def test_a_lesson_added_later_uncompletes_nobody(
    app: Flask, folder: Path, sign_in: Callable[[str], Browser], work: Callable[[], list[str]]
) -> None:
    with app.app_context():
        people.person()
    learner = sign_in("learner@test.example")
    learner.submit(f"/courses/{SLUG}/enroll")
    for lesson in ("reading-1", "reading-2"):
        learner.submit(f"/learn/{SLUG}/{lesson}/complete")
    learner.submit(f"/learn/{SLUG}/final-test/attempts")
    with app.app_context():
        test = db.session.scalars(select(Lesson).where(Lesson.slug == "final-test")).one()
        right = {f"q{question}": str(chosen[0]) for question, chosen in world.right_answers(test).items()}
    learner.submit(f"/learn/{SLUG}/final-test/attempts/1", right)
    work()
    change(folder, "course.toml", '"reading-2"', '"reading-2", "reading-3"')
    (folder / "lessons" / "reading-3.md").write_text((folder / "lessons" / "reading-2.md").read_text())
    imported(app, folder)
    work()
    assert "4 of 4" not in learner.get("/learn").text
    assert "3 of 3 steps done" in learner.get("/learn").text
    assert "NK-" in learner.get("/certificates").text


def test_a_broken_folder_changes_nothing_and_says_where(app: Flask, folder: Path) -> None:
    before = rows.all_rows(app)
    change(folder, "lessons/reading-1.md", "Words of reading 1.", "Other words.")
    change(folder, "lessons/reading-2.md", 'kind = "text"', 'kind = "poem"')
    (folder / "questions" / "final.txt").write_text("## q-1\nNo choices?\n")
    with app.app_context(), pytest.raises(FolderProblems) as told:
        course_folder.read(folder)
    places = {problem.file for problem in told.value.problems}
    assert {"lessons/reading-2.md", "questions/final.txt"} <= places, "every problem at once"
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_a_folder_of_a_teacher_who_is_not_there_or_of_another_one_is_refused(app: Flask, folder: Path) -> None:
    before = rows.all_rows(app)
    change(folder, "course.toml", courses.TEACHER, "nobody@test.example")
    with pytest.raises(Invalid, match="Add the teacher first"):
        imported(app, folder)
    assert rows.changed(before, rows.all_rows(app)) == {}
    with app.app_context():
        people.person("second@test.example", Role.TEACHER)
    before = rows.all_rows(app)
    change(folder, "course.toml", "nobody@test.example", "second@test.example")
    with pytest.raises(Invalid, match="another teacher"):
        imported(app, folder)
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_an_approval_is_stored_corrected_and_withdrawn_with_the_folder(app: Flask, folder: Path) -> None:
    plain = (folder / "course.toml").read_text()
    (folder / "course.toml").write_text(plain + world.APPROVAL)
    imported(app, folder)
    (folder / "course.toml").write_text((plain + world.APPROVAL).replace("hours = 1.5", "hours = 2.0"))
    imported(app, folder)
    with app.app_context():
        assert [str(hours) for hours in db.session.scalars(select(Approval.hours))] == ["2.00"]
    (folder / "course.toml").write_text(plain)
    imported(app, folder)
    with app.app_context():
        assert list(db.session.scalars(select(Approval))) == []


def test_an_article_has_revisions_as_well(app: Flask, folder: Path, guest: Browser, tmp_path: Path) -> None:
    with app.app_context():
        slug = articles.published(tmp_path)
        articles.published(tmp_path)
        assert list(db.session.scalars(select(ArticleRevision.number))) == [1]
        articles.published(tmp_path, words="Second thoughts.")
        first, second = db.session.scalars(select(ArticleRevision).order_by(ArticleRevision.number))
        assert first.blocks[0][0] == second.blocks[0][0], "the heading is the same block"
    page = guest.get(f"/articles/{slug}").text
    assert "Second thoughts." in page
    assert "Revision 2" in page
    assert page.count('width="9" height="9"') == 2, "the places of both pictures are kept free while they load"
    assert guest.client.get(f"/articles/{slug}/pictures/skin.svg", buffered=True).status_code == 200
