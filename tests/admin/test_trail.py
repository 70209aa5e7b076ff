"""What was done to a person: also what was done to what is theirs, by whomever, and in words."""

from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person
from nok.assessments.models import Attempt, Evaluation
from nok.certificates.models import Certificate
from nok.core import audit
from nok.core.db import db
from nok.enrollments import service
from tests.factories import courses, world
from tests.factories.world import World
from tests.pages import Browser
from tests.web.statements import counted

Enter = Callable[[str], Browser]


@pytest.fixture
def operator(site: World, enter: Enter) -> Browser:
    return enter("operator")


def done_by_others(site: World, operator: Browser, teacher: Browser) -> list[str]:
    """Let others do something to each thing of the student's; return the acts."""
    one = f"/studio/courses/{site.course}/people/{site.enrollment_id}"
    for browser, path, fields in (
        (teacher, f"/studio/worksheets/{site.worksheet_id}", {"comment": "Well.", "accept": "Accept", "seen": "1"}),
        (teacher, f"{one}/extend", {"until": "2199-01-31"}),
        (teacher, f"{one}/remove", {}),
        (operator, f"/admin/certificates/{site.serial}", {"reason": "Issued for another person."}),
    ):
        assert browser.submit(path, fields).status_code == 303, path
    return ["worksheet.accepted", "enrollment.extended", "enrollment.removed", "certificate.revoked"]


def only(app: Flask, model: type[Certificate | Evaluation]) -> int:
    with app.app_context():
        return db.session.scalars(select(model.id)).one()


def everything(app: Flask, site: World) -> dict[str, str]:
    """Return what is to be read beside some subjects of the student's."""
    with app.app_context():
        attempt = db.session.scalars(select(Attempt.id).where(Attempt.enrollment_id == site.enrollment_id)).one()
    course = f"{world.NAME} · Needle Safety"
    return {
        f"enrollment:{site.enrollment_id}": course,
        f"certificate:{only(app, Certificate)}": course,
        f"evaluation:{only(app, Evaluation)}": course,
        f"attempt:{attempt}": course,
        f"worksheet:{site.worksheet_id}": f"{world.NAME} · Practice Course",
        f"person:{site.student_id}": world.NAME,
    }


@pytest.mark.parametrize(
    "where", ["/admin/people/{student_id}", f"/admin/audit?q={world.STUDENT}", "/admin/audit?q=林玉珍"]
)
def test_it_is_found_by_the_person_and_named(
    where: str, app: Flask, site: World, operator: Browser, enter: Enter
) -> None:
    done = done_by_others(site, operator, enter("teacher"))
    page = " ".join(unescape(operator.get(where.format(**vars(site))).text).split())
    for act in done:
        assert f"<code>{act}</code>" in page, act
    for subject, label in everything(app, site).items():
        assert f'{label}<br> <a href="/admin/audit?subject={subject}">{subject}</a>' in page, subject
    assert "course.published" not in page


def test_others_are_left_out(app: Flask, site: World, operator: Browser, enter: Enter) -> None:
    done_by_others(site, operator, enter("teacher"))
    with app.app_context():
        stranger = db.session.scalars(select(Person.id).where(Person.email == world.STRANGER)).one()
    for where in (f"/admin/people/{stranger}", f"/admin/audit?q={world.STRANGER}"):
        page = operator.get(where).text
        assert "person.added" in page
        assert "enrollment" not in page.partition("<tbody>")[2], where
    assert "person.added" not in operator.get(f"/admin/audit?subject=worksheet:{site.worksheet_id}").text


def test_moments_are_told_by_the_readers_clock(app: Flask, site: World, operator: Browser, enter: Enter) -> None:
    done_by_others(site, operator, enter("teacher"))
    with app.app_context():
        db.session.scalars(select(Person).where(Person.email == world.OPERATOR)).one().time_zone = "Asia/Tokyo"
        db.session.commit()
    page = operator.get(f"/admin/people/{site.student_id}").text.replace("\u202f", " ")
    assert '<span class="meta">until</span> Feb 1, 2199, 8:59 AM' in page
    assert "2199-01-31T" not in page


def test_an_access_without_end_and_a_subject_that_is_nobodys_are_shown(
    app: Flask, site: World, operator: Browser
) -> None:
    with app.app_context():
        audit.record("enrollment.extended", f"enrollment:{site.enrollment_id}", until=None)
        for subject in ("course:1", "enrollment:", "enrollment:x", "enrollment:" + "9" * 100, "person:²", "attempt:0"):
            audit.record("test.subject", subject)
        db.session.commit()
    page = operator.get("/admin/audit?q=test.subject").text
    assert page.count("<code>test.subject</code>") == 6
    assert "<br>" not in page.partition("<tbody>")[2]
    operator.get(f"/admin/people/{site.student_id}")


def test_a_long_trail_is_cut_into_pages(app: Flask, site: World, operator: Browser) -> None:
    with app.app_context():
        for number in range(100):
            audit.record("test.done", f"enrollment:{site.enrollment_id}", number=number)
        db.session.commit()
    first = operator.get(f"/admin/people/{site.student_id}").text
    assert first.count("<code>test.done</code>") == 50
    assert f'href="/admin/people/{site.student_id}?page=2"' in first
    assert operator.get(f"/admin/people/{site.student_id}?page=2").text.count("<code>test.done</code>") == 50
    assert operator.get(f"/admin/people/{site.student_id}?page=99").status_code == 200


def test_a_search_of_many_letters_beyond_ascii_is_answered(operator: Browser) -> None:
    letters = "".join(chr(number) for number in range(0x410, 0x460)) + "".join(map(chr, range(0xC0, 0x100)))
    assert "No line is found" in operator.get("/admin/audit", query_string={"q": letters}).text


def test_more_to_tell_costs_no_more(app: Flask, site: World, operator: Browser, enter: Enter, tmp_path: Path) -> None:
    paths = [f"/admin/people/{site.student_id}", f"/admin/audit?q={world.STUDENT}", "/admin/audit"]

    def cost() -> list[int]:
        counts = []
        for path in paths:
            with counted() as sent:
                operator.get(path)
            counts.append(len(sent))
        return counts

    before = cost()
    done_by_others(site, operator, enter("teacher"))
    with app.app_context():
        student = db.session.get_one(Person, site.student_id)
        for number in range(3):
            service.enroll(student, courses.published(tmp_path, f"more-{number}", title=f"More {number}"))
        db.session.commit()
    assert cost() == before
    assert before[1] == 2 + 3, "the person, the bell; to count, to list, to name"
