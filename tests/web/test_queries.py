"""How many statements a page costs: pinned, and the same when there is twice as much of everything."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person
from nok.core.db import db
from nok.notifications import service
from tests.factories import articles, courses, world
from tests.factories.world import World
from tests.pages import Browser
from tests.web.statements import counted

SIGNED_IN = 2  # the person, the bell
# Statements as a guest; the settled budgets are 3 for the catalog, 6 for a course, 6 for a lesson.
GUEST = {
    "/": 2,
    "/courses": 3,
    "/courses?q=needle": 3,
    "/courses?q=no+such+word&length=short&board=TEST-BOARD": 3,
    "/search?q=needle": 3,
    "/teachers/teacher": 3,
    "/courses/needle-safety": 6,
    "/articles": 1,
    "/articles/how-it-heals": 3,
    "/verify/{serial}": 1,
    "/account/login": 0,
    "/healthz": 0,
}
STUDENT = {
    "/courses": 3,
    "/search?q=needle": 5,  # one more than a guest for my lessons, one for my notes
    "/articles/how-it-heals": 4,
    "/notes": 6,  # two for the revisions that the person is shown
    "/notes?q=needle&review=y": 6,
    "/courses/needle-safety": 6,
    "/learn": 8,  # two for licenses, two for the latest notes and what they are called
    "/learn/needle-safety/watching": 6,
    "/learn/needle-safety/reading-1": 6,
    "/learn/second-course/final-test": 6,
    "/learn/second-course/final-test/attempts/1": 6,
    "/learn/practice-course/first-worksheet": 6,
    "/learn/practice-course/second-worksheet": 6,
    "/learn/needle-safety/evaluation": 6,
    "/certificates": 2,
    "/notifications": 1,
}


def cost(browser: Browser, path: str) -> list[str]:
    browser.get("/healthz")
    with counted() as sent:
        browser.get(path)
    return sent


@pytest.mark.parametrize("path", GUEST)
def test_a_page_stays_within_its_budget_for_a_guest(path: str, site: World, guest: Browser) -> None:
    sent = cost(guest, path.format(**vars(site)))
    assert len(sent) <= GUEST[path], "\n".join(sent)


@pytest.mark.parametrize("path", STUDENT)
def test_a_page_stays_within_its_budget_for_a_student(path: str, site: World, enter: Callable[[str], Browser]) -> None:
    sent = cost(enter("student"), path)
    assert len(sent) <= STUDENT[path] + SIGNED_IN, "\n".join(sent)


def test_the_studio_stays_within_its_budget(site: World, enter: Callable[[str], Browser]) -> None:
    teacher = enter("teacher")
    for path, most in {"/studio/worksheets": 2, f"/studio/worksheets/{site.worksheet_id}": 3}.items():
        sent = cost(teacher, path)
        assert len(sent) <= most + SIGNED_IN, "\n".join(sent)


def test_keeping_what_is_typed_costs_little(site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    headers = {"X-CSRFToken": student.token()}
    path = f"/api/v1/worksheets/{site.practice}/first-worksheet/answers"
    for saves in range(1, 4):
        with counted() as sent:
            body = {"answers": {"w-stop": "x" * saves}, "saves": saves}
            assert student.client.post(path, json=body, headers=headers).status_code == 200
        assert len(sent) <= 6, "\n".join(sent)


def test_the_count_sees_statements(site: World, guest: Browser) -> None:
    assert cost(guest, "/courses"), "a catalog asks the database"


def double(app: Flask, folders: Path) -> None:
    """Add as much again of courses, lessons, questions, articles and notifications."""
    with app.app_context():
        for number in range(3):
            courses.published(folders, f"more-{number}", title=f"More Needle {number}", texts=3)
        # The courses that the student is in get twice the lessons, in their pinned revision.
        for number in range(3):
            articles.published(folders, f"more-{number}")
        student = db.session.scalars(select(Person).where(Person.email == world.STUDENT)).one()
        for number in range(10):
            service.tell(student.id, "enrolled", f"more-{number}", "More.", "/courses")
        db.session.commit()


def test_with_twice_as_much_of_everything_the_counts_stay(
    app: Flask, site: World, guest: Browser, enter: Callable[[str], Browser], tmp_path: Path
) -> None:
    student = enter("student")
    before = {path: len(cost(guest, path.format(**vars(site)))) for path in GUEST}
    before |= {f"student {path}": len(cost(student, path)) for path in STUDENT}
    double(app, tmp_path)
    for slug in ("more-0", "more-1", "more-2"):
        assert student.submit(f"/courses/{slug}/enroll").status_code == 303
    after = {path: len(cost(guest, path.format(**vars(site)))) for path in GUEST}
    after |= {f"student {path}": len(cost(student, path)) for path in STUDENT}
    assert after == before


def test_a_longer_course_costs_no_more(
    app: Flask, site: World, enter: Callable[[str], Browser], tmp_path: Path
) -> None:
    student = enter("student")
    sizes = {"short": (2, 10), "long": (12, 60)}
    with app.app_context():
        for slug, (texts, questions) in sizes.items():
            courses.published(tmp_path, slug, title=slug, texts=texts, questions=questions)
    counts = {}
    for slug, (texts, _) in sizes.items():
        student.submit(f"/courses/{slug}/enroll")
        for number in range(1, texts + 1):
            student.submit(f"/learn/{slug}/reading-{number}/complete")
        student.submit(f"/learn/{slug}/final-test/attempts")
        pages = ["reading-1", "final-test", "final-test/attempts/1"]
        counts[slug] = [len(cost(student, f"/learn/{slug}/{page}")) for page in pages]
        counts[slug].append(len(cost(student, f"/courses/{slug}")))
    assert counts["long"] == counts["short"]


def test_a_beat_costs_little(site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    headers = {"X-CSRFToken": student.token()}
    path = f"/api/v1/lessons/{site.video_lesson_id}/beats"
    for seq in range(2, 5):
        beat = {"session": world.SESSION, "seq": seq, "played": [[0, 900]], "position_ms": 900}
        with counted() as sent:
            assert student.client.post(path, json=beat, headers=headers).status_code == 200
        assert len(sent) <= 8, "\n".join(sent)


def test_a_guests_beat_waits_for_nobody(site: World, guest: Browser) -> None:
    body = {"session": world.SESSION, "seq": 9, "played": [[0, 900]], "position_ms": 900}
    token = guest.token()
    with counted() as sent:
        path = f"/api/v1/lessons/{site.video_lesson_id}/beats"
        assert guest.client.post(path, json=body, headers={"X-CSRFToken": token}).status_code == 401
    assert sent == [], "whoever is not signed in takes no lock of the database"
