"""What learners say of a course, as its teacher reads it: counted rightly, of every edition, and without names."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Role
from nok.assessments.models import Evaluation
from nok.authoring import service as authoring
from nok.core.db import db
from nok.core.storage import open_storage
from nok.courses import queries as published
from nok.courses.models import Lesson, LessonKind
from nok.enrollments import service as enrolling
from nok.formats import course_folder
from nok.settings import Settings
from tests.factories import courses, papers, people
from tests.pages import Browser
from tests.web.statements import counted

PAGE = "/studio/courses/needle-safety/evaluations"
GENERAL = {"knowledge": 5, "methods": 4, "usefulness": 2}
FIRST = "Know that it works."
OTHER = "other@test.example"
NONE = "\N{EN DASH}"


@pytest.fixture
def teacher(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> Browser:
    """The teacher of a course that ends with an evaluation."""
    with app.app_context():
        courses.published(tmp_path, texts=1)
        papers.evaluation("needle-safety")
    return sign_in(courses.TEACHER)


def evaluate(app: Flask, name: str, comment: str = "", **ratings: int) -> None:
    """Let someone enroll and evaluate the current edition."""
    with app.app_context():
        person = people.person(f"{name}@test.example", name=name.title())
        enrollment = enrolling.enroll(person, "needle-safety")
        lesson = select(Lesson.id).where(
            Lesson.revision_id == enrollment.revision_id, Lesson.kind == LessonKind.EVALUATION
        )
        db.session.add(
            Evaluation(
                enrollment_id=enrollment.id,
                lesson_id=db.session.scalars(lesson).one(),
                ratings=GENERAL | {key.replace("_", "-"): value for key, value in ratings.items()},
                comment=comment,
            )
        )
        db.session.commit()


def publish_anew(app: Flask, folders: Path, objectives: str) -> None:
    folder = courses.write_folder(folders, texts=1)
    head = (folder / "course.toml").read_text()
    (folder / "course.toml").write_text(head.replace(f'objectives = ["{FIRST}"]', f"objectives = {objectives}"))
    with app.app_context():
        authoring.import_course(open_storage(Settings.from_env()), course_folder.read(folder))
        db.session.commit()
        papers.evaluation("needle-safety")
        assert published.published("needle-safety").number == 2


def rows(page: str) -> dict[str, list[str]]:
    """Return the cells of the table by what was rated."""
    found = {}
    for row in re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", page, re.DOTALL):
        topic, _, cells = row.partition("</th>")
        found[unescape(topic)] = re.findall(r"<td class=\"number\">(.*?)</td>", cells)
    return found


def test_ratings_are_counted_by_topic(app: Flask, teacher: Browser) -> None:
    for name, met in (("ann", 1), ("ben", 5), ("cleo", 5)):
        evaluate(app, name, objective_1=met)
    page = teacher.get(PAGE).text
    assert rows(page) == {
        FIRST: ["3", "3.7", "1", "0", "0", "0", "2"],
        "The teacher's knowledge of the subject": ["3", "5.0", "0", "0", "0", "0", "3"],
        "The teaching methods": ["3", "4.0", "0", "0", "0", "3", "0"],
        "Usefulness for your practice": ["3", "2.0", "0", "3", "0", "0", "0"],
    }
    assert "3 learners have evaluated Needle Safety." in page


def test_comments_stand_without_names_the_latest_first(app: Flask, teacher: Browser) -> None:
    evaluate(app, "ann", "Clear & calm.", objective_1=4)
    evaluate(app, "ben", objective_1=4)
    evaluate(app, "cleo", "<b>Too long</b>", objective_1=4)
    page = teacher.get(PAGE).text
    assert page.index("&lt;b&gt;Too long&lt;/b&gt;") < page.index("Clear &amp; calm.")
    assert page.count('<li class="written">') == 2
    for name in ("Ann", "Ben", "Cleo", "ann@", "ben@", "cleo@"):
        assert name not in page, name
    assert "nobody&#39;s name stands here" in page or "nobody's name stands here" in page


def test_earlier_editions_count_and_objectives_count_by_their_words(
    app: Flask, teacher: Browser, tmp_path: Path
) -> None:
    evaluate(app, "ann", "Of the first edition.", objective_1=2)
    publish_anew(app, tmp_path, f'["Another one.", "{FIRST}"]')
    shown = rows(teacher.get(PAGE).text)
    assert shown["Another one."] == ["0", NONE, "0", "0", "0", "0", "0"]
    assert shown[FIRST][:2] == ["1", "2.0"]
    evaluate(app, "ben", objective_1=1, objective_2=5)
    page = teacher.get(PAGE).text
    shown = rows(page)
    assert shown["Another one."][:2] == ["1", "1.0"]
    assert shown[FIRST] == ["2", "3.5", "0", "1", "0", "0", "1"]
    assert shown["The teaching methods"][:2] == ["2", "4.0"]
    assert "Of the first edition." in page


def test_an_edition_of_fewer_objectives_leaves_out_what_it_does_not_name(
    app: Flask, teacher: Browser, tmp_path: Path
) -> None:
    evaluate(app, "ann", objective_1=2)
    publish_anew(app, tmp_path, "[]")
    assert list(rows(teacher.get(PAGE).text)) == [
        "The teacher's knowledge of the subject",
        "The teaching methods",
        "Usefulness for your practice",
    ]


def test_before_the_first_the_page_says_so_and_the_studio_leads_there(teacher: Browser) -> None:
    assert f'href="{PAGE}"' in teacher.get("/studio").text
    page = teacher.get(PAGE).text
    assert "No evaluation yet" in page
    assert "<table" not in page


def test_many_comments_are_cut_into_pages_and_cost_no_more(app: Flask, teacher: Browser) -> None:
    def cost() -> int:
        with counted() as sent:
            teacher.get(PAGE)
        return len(sent)

    evaluate(app, "first", "Word 0.", objective_1=3)
    before = cost()
    for number in range(1, 52):
        evaluate(app, f"learner{number}", f"Word {number}.", objective_1=3)
    assert cost() == before == 2 + 5, "the person, the bell; the course, its editions, the ratings, the comments"
    assert "Word 51." in teacher.get(PAGE).text
    assert "Word 1." not in teacher.get(PAGE).text
    last = teacher.get(f"{PAGE}?page=2").text
    assert "Word 1." in last
    assert "Word 51." not in last


def test_another_teacher_finds_no_such_page(app: Flask, teacher: Browser, sign_in: Callable[[str], Browser]) -> None:
    evaluate(app, "ann", "Clear and calm.", objective_1=4)
    with app.app_context():
        people.person(OTHER, Role.TEACHER, "Another Teacher")
    assert "Clear and calm." not in sign_in(OTHER).get(PAGE, expect=404).text
    assert "Clear and calm." not in sign_in("ann@test.example").get(PAGE, expect=403).text
