"""What people turn off is told no more, in that way and of that kind; nothing else changes."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from nok.accounts.models import Person
from nok.core.db import db
from nok.core.mail import OutboxMailer
from nok.core.storage import LocalStorage
from nok.notifications import queries
from nok.notifications.models import Notification
from nok.notifications.rules import KINDS, Channel
from nok.settings import Settings
from tests.factories import courses, papers, people
from tests.pages import Browser

LEARNER = "learner@test.example"
HERE = "/account/notifications"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
Work = Callable[[], list[str]]
Letters = Callable[[str], list[str]]


@pytest.fixture
def learner(app: Flask, sign_in: Callable[[str], Browser], tmp_path: Path) -> Browser:
    with app.app_context():
        people.person(LEARNER, name="Lea Learner")
        courses.published(tmp_path, texts=1, questions=0)
        papers.worksheet("needle-safety")
    return sign_in(LEARNER)


@pytest.fixture
def teacher(learner: Browser, sign_in: Callable[[str], Browser]) -> Browser:
    return sign_in(courses.TEACHER)


def hand_in(learner: Browser) -> None:
    learner.submit("/courses/needle-safety/enroll")
    learner.submit("/learn/needle-safety/reading-1/complete")
    fields = {"answer-w-consent": papers.WORDS, "answer-w-stop": "Stop.", "saves": "0", "act": "hand-in"}
    assert learner.submit("/learn/needle-safety/first-worksheet/worksheet", fields).status_code == 303


def all_but(*off: str) -> dict[str, list[str]]:
    """The form with everything ticked besides these."""
    every = [f"{kind.code}:{way}" for kind in KINDS.values() if not kind.fixed for way in kind.channels]
    return {"told": [each for each in every if each not in off]}


def id_of(email: str) -> int:
    return db.session.scalars(select(Person.id).where(Person.email == email)).one()


def told(app: Flask, email: str) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Notification.kind).where(Notification.person_id == id_of(email))))


@pytest.fixture
def letters(app: Flask, learner: Browser) -> Letters:
    """What has been sent to an address since the test began, as it travels."""
    settings: Settings = app.extensions["nok"]
    box = LocalStorage(settings.data_dir / "mail")
    before = {mail.key for mail in OutboxMailer(box).kept()}

    def sent(to: str) -> list[str]:
        new = [mail for mail in OutboxMailer(box).kept() if mail.key not in before and to in mail.to]
        return [(box.root / f"{mail.key}.eml").read_bytes().decode() for mail in new]

    return sent


@pytest.mark.parametrize(
    ("off", "in_feed", "mails"),
    [((), 1, 1), (("worksheet_waiting:feed",), 0, 1), (("worksheet_waiting:mail",), 1, 0)],
)
def test_what_is_turned_off_is_not_told_in_that_way(
    app: Flask,
    learner: Browser,
    teacher: Browser,
    work: Work,
    letters: Letters,
    off: tuple[str, ...],
    in_feed: int,
    mails: int,
) -> None:
    assert teacher.submit(HERE, all_but(*off)).status_code == 303
    hand_in(learner)
    work()
    assert told(app, courses.TEACHER).count("worksheet_waiting") == in_feed
    assert len(letters(courses.TEACHER)) == mails
    assert told(app, LEARNER) == ["enrolled"], "nobody else is told less"


def test_the_page_shows_what_was_chosen_and_why_some_things_cannot_be(learner: Browser) -> None:
    assert learner.submit(HERE, {"told": ["enrolled:feed"]}).status_code == 303
    page = learner.get(HERE).text
    boxes = {found[1]: found[0] for found in re.findall(r'(<input type="checkbox"[^>]*value="([a-z_:]+)"[^>]*>)', page)}
    assert " checked" not in boxes["enrolled:mail"]
    assert " checked" in boxes["enrolled:feed"]
    assert " disabled" in boxes["security:mail"]
    assert "Whoever gets into your account must not be able to keep it from you." in page
    assert "worksheet_waiting" not in page, "what teachers are told is for teachers"


@pytest.mark.parametrize(
    "told", ["certificate_revoked:mail", "security:mail", "no-such:mail", "enrolled", ":", "welcome:mail"]
)
def test_what_cannot_be_chosen_is_refused_and_changes_nothing(app: Flask, learner: Browser, told: str) -> None:
    assert learner.submit(HERE, {"told": told}).status_code == 422
    with app.app_context():
        assert queries.choices(id_of(LEARNER)) == {}


def test_one_press_in_a_mail_program_turns_off_just_that_kind(
    app: Flask, learner: Browser, guest: Browser, work: Work, letters: Letters
) -> None:
    hand_in(learner)
    work()
    (mail,) = letters(courses.TEACHER)
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in mail
    found = re.search(r"^List-Unsubscribe: <https?://[^/]+(/[^>]+)>", mail, re.MULTILINE)
    assert found
    path = found[1].strip()
    assert "Turn it off" in guest.get(path).text
    with app.app_context():
        teacher_id = id_of(courses.TEACHER)
        assert queries.choices(teacher_id) == {}, "to look at the link changes nothing"
    for _ in range(2):
        answer = guest.client.post(path, data=ONE_CLICK)
        assert answer.status_code == 200
        assert "Mail turned off" in answer.text
    with app.app_context():
        assert queries.choices(teacher_id) == {("worksheet_waiting", "mail"): False}
        assert queries.is_told(teacher_id, "worksheet_waiting", Channel.FEED)


def test_a_learner_who_becomes_a_teacher_is_told_what_teachers_are_told(app: Flask, learner: Browser) -> None:
    learner.submit(HERE, {"told": ["enrolled:feed"]})
    with app.app_context():
        assert queries.is_told(id_of(LEARNER), "worksheet_waiting", Channel.MAIL), "that was not offered to choose"


@pytest.mark.parametrize("token", ["x", "a.b.c", "W10.x.y"])
def test_an_altered_link_does_nothing(guest: Browser, token: str) -> None:
    guest.get(f"/notifications/off/{token}", expect=404)
    assert guest.client.post(f"/notifications/off/{token}", data=ONE_CLICK).status_code == 404


def test_what_cannot_be_turned_off_has_no_link_in_its_mail(learner: Browser, work: Work, letters: Letters) -> None:
    fields = {"current_password": people.PASSWORD, "new_password": "five slow needles"}
    answer = learner.submit("/account/security/password", fields)
    assert answer.status_code == 303
    work()
    (mail,) = letters(LEARNER)
    assert "List-Unsubscribe" not in mail
