"""Double clicks and two tabs: the same thing asked many times at once happens once, on real databases."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from nok.accounts import rules
from nok.accounts.models import Tries
from nok.assessments.models import Attempt
from nok.core.audit import AuditLine
from nok.core.clock import now
from nok.core.db import db
from nok.core.storage import open_storage
from nok.courses.models import Lesson, LessonKind
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment
from nok.learning import service
from nok.learning.models import Completion, LessonProgress, WatchEntry, WatchSession
from nok.learning.service import reading, settling
from nok.media.models import Video
from nok.notifications.models import Notification
from tests.factories import courses, people, world
from tests.factories.crowd import EMAIL, at_once, count, posting, sending, told
from tests.pages import Browser
from tests.work import work_off


@pytest.fixture
def films(real: Flask, tmp_path: Path) -> list[int]:
    """Two courses with a video each; the ids of their video lessons."""
    for number in (1, 2):
        film = tmp_path / f"film-{number}.mp4"
        film.write_bytes(b"\0\0\0\x18ftypisom" + bytes([number]))
        with real.app_context():
            courses.published(tmp_path, f"film-{number}", video=film, title=f"Film {number}")
            for video in db.session.scalars(select(Video)):
                world.ready(open_storage(real.extensions["nok"]), video)
            db.session.commit()
    with real.app_context():
        return list(db.session.scalars(select(Lesson.id).where(Lesson.kind == LessonKind.VIDEO).order_by(Lesson.id)))


def test_twenty_enrolls_make_one_enrollment(real: Flask, learner: Browser, course: str) -> None:
    assert set(at_once(real, learner, 20, posting(learner, f"/courses/{course}/enroll"))) == {303}
    assert (count(real, Enrollment), told(real, "EnrollmentStarted")) == (1, 1)
    work_off(real)
    assert count(real, Notification, Notification.kind == "enrolled") == 1


def test_twenty_presses_complete_a_lesson_once(real: Flask, learner: Browser, course: str) -> None:
    learner.submit(f"/courses/{course}/enroll")
    asked = posting(learner, f"/learn/{course}/reading-1/complete")
    assert set(at_once(real, learner, 20, asked)) == {303}
    assert count(real, LessonProgress) == 1


def test_twenty_starts_make_one_attempt(real: Flask, learner: Browser, begun: str) -> None:
    assert set(at_once(real, learner, 20, posting(learner, f"/learn/{begun}/final-test/attempts"))) == {303}
    assert count(real, Attempt) == 1


def test_twenty_submits_count_once(real: Flask, learner: Browser, begun: str) -> None:
    learner.submit(f"/learn/{begun}/final-test/attempts")
    with real.app_context():
        lesson = db.session.scalars(select(Lesson).where(Lesson.kind == LessonKind.TEST)).one()
        right = {f"q{question}": str(chosen[0]) for question, chosen in world.right_answers(lesson).items()}
    asked = posting(learner, f"/learn/{begun}/final-test/attempts/1", right)
    assert set(at_once(real, learner, 20, asked)) == {303}
    assert count(real, AuditLine, AuditLine.action == "attempt.submitted") == 1, "handed in more than once"
    assert (count(real, Completion), told(real, "CourseCompleted")) == (1, 1)


def test_the_first_of_two_different_submits_stays(real: Flask, learner: Browser, begun: str) -> None:
    learner.submit(f"/learn/{begun}/final-test/attempts")
    with real.app_context():
        lesson = db.session.scalars(select(Lesson).where(Lesson.kind == LessonKind.TEST)).one()
        right = {f"q{question}": str(chosen[0]) for question, chosen in world.right_answers(lesson).items()}
    path, token = f"/learn/{begun}/final-test/attempts/1", {"csrf_token": learner.token()}
    turn = iter([right, {"with-blanks": "1"}] * 10)
    lock = threading.Lock()

    def ask(tab: Browser) -> int:
        with lock:
            fields = next(turn)
        return tab.client.post(path, data=fields | token).status_code

    assert set(at_once(real, learner, 20, ask)) == {303}
    assert count(real, AuditLine, AuditLine.action == "attempt.submitted") == 1, "handed in more than once"
    with real.app_context():
        attempt = db.session.scalars(select(Attempt)).one()
        assert (attempt.score_percent, attempt.passed) in {(100, True), (0, False)}
        assert bool(attempt.passed) == (told(real, "CourseCompleted") == 1)


def test_ten_identical_beats_make_one_line_of_the_ledger(real: Flask, learner: Browser, films: list[int]) -> None:
    learner.submit("/courses/film-1/enroll")
    path, beat = (
        f"/api/v1/lessons/{films[0]}/beats",
        {"session": world.SESSION, "played": [[0, 900]], "position_ms": 900},
    )
    assert set(at_once(real, learner, 10, sending(learner, path, beat | {"seq": 0}))) == {200}
    assert (count(real, WatchSession), count(real, WatchEntry)) == (1, 0)
    with real.app_context():
        session = db.session.scalars(select(WatchSession)).one()
        session.last_beat_at = now().replace(microsecond=0)
        db.session.commit()
    assert set(at_once(real, learner, 10, sending(learner, path, beat | {"seq": 1}))) == {200}
    assert count(real, WatchEntry) == 1


def test_two_players_that_start_together_are_no_failure(real: Flask, learner: Browser, films: list[int]) -> None:
    headers = {"X-CSRFToken": learner.token()}
    for number in (1, 2):
        learner.submit(f"/courses/film-{number}/enroll")
    turn = iter(range(10))
    lock = threading.Lock()

    def ask(tab: Browser) -> int:
        with lock:
            number = next(turn)
        beat = {"session": world.SESSION[:-2] + f"{number:02}", "seq": 0, "played": [], "position_ms": 0}
        return tab.client.post(f"/api/v1/lessons/{films[number % 2]}/beats", json=beat, headers=headers).status_code

    assert set(at_once(real, learner, 10, ask)) == {200}
    assert count(real, WatchSession) == 10


def test_the_last_two_lessons_done_at_once_complete_the_course(real: Flask, learner: Browser, tmp_path: Path) -> None:
    with real.app_context():
        slug = courses.published(tmp_path, "readings", questions=0)
    learner.submit(f"/courses/{slug}/enroll")
    first_has_read = threading.Event()
    second_is_done = threading.Event()

    def read(lesson: str, before: Callable[[], object], after: Callable[[], object]) -> None:
        before()
        with real.app_context():
            person = db.session.scalars(select(Enrollment.person_id)).one()
            enrollment = enrollments.open_enrollment(person, slug)
            found = db.session.scalars(select(Lesson).where(Lesson.slug == lesson)).one()
            service.mark_read(enrollment, found)
            after()
            db.session.commit()

    def hold() -> None:
        first_has_read.set()
        second_is_done.wait(1)  # in vain where the second has to wait for the first

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(read, "reading-1", lambda: None, hold)
        two = pool.submit(read, "reading-2", first_has_read.wait, lambda: None)
        two.add_done_callback(lambda _: second_is_done.set())
        one.result(30)
        two.result(30)
    assert (count(real, Completion), told(real, "CourseCompleted")) == (1, 1)


def test_two_lessons_begun_and_done_at_once_do_not_wait_for_each_other(
    real: Flask, learner: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with real.app_context():
        slug = courses.published(tmp_path, "readings", questions=0)
    learner.submit(f"/courses/{slug}/enroll")
    both_have_begun = threading.Barrier(2)

    def settle(enrollment: Enrollment) -> None:
        db.session.flush()
        with suppress(threading.BrokenBarrierError):  # SQLite lets the second begin when the first is done
            both_have_begun.wait(1)
        settling.settle(enrollment)

    monkeypatch.setattr(reading, "settle", settle)

    def read(lesson: str) -> None:
        with real.app_context():
            person = db.session.scalars(select(Enrollment.person_id)).one()
            found = db.session.scalars(select(Lesson).where(Lesson.slug == lesson)).one()
            service.mark_read(enrollments.open_enrollment(person, slug), found)
            db.session.commit()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(read, lesson) for lesson in ("reading-1", "reading-2")]:
            done.result(30)
    assert (count(real, LessonProgress), count(real, Completion), told(real, "CourseCompleted")) == (2, 1, 1)


def test_many_guesses_at_once_are_all_counted(real: Flask, learner: Browser) -> None:
    guest = Browser(real.test_client())
    guest.get("/account/login")
    asked = posting(guest, "/account/login", {"email": EMAIL, "password": "wrong wrong wrong"})
    found = at_once(real, guest, 20, asked)
    assert set(found) <= {422, 429}
    with real.app_context():
        most = max(db.session.scalars(select(Tries.failures)))
    assert most == found.count(422), "a guess that was checked was not counted"
    assert most >= rules.FREE["pair"]
    assert asked(guest) == 429, "after the burst the door is shut"


def test_two_confirmations_at_once_make_one_account(real: Flask, learner: Browser) -> None:
    from nok.accounts import service as accounts
    from nok.accounts.models import Person, Registration
    from nok.core import tokens

    with real.app_context():
        accounts.register("new@test.example", "New", "New", people.PASSWORD, "192.0.2.1")
        db.session.commit()
        asked = db.session.scalars(select(Registration.id)).one()
        token = tokens.sign(real.extensions["nok"].secret_key, "register", asked)
    found = at_once(real, learner, 10, posting(learner, f"/account/confirm/{token}", {"password": people.PASSWORD}))
    assert set(found) <= {303, 422}
    assert 303 in found
    assert (count(real, Person, Person.email == "new@test.example"), told(real, "PersonRegistered")) == (1, 1)


def test_two_workers_at_once_issue_one_certificate(real: Flask, learner: Browser, begun: str) -> None:
    from nok.certificates import service as certificates
    from nok.certificates.models import Certificate

    with real.app_context():
        enrollment = db.session.scalars(select(Enrollment.id)).one()
        db.session.add(Completion(enrollment_id=enrollment))
        db.session.commit()
    barrier = threading.Barrier(4)

    def issue(_: int) -> None:
        with real.app_context():
            barrier.wait()
            try:
                certificates.issue(real.extensions["nok"], enrollment)
                db.session.commit()
            except Exception:  # noqa: BLE001  a worker that comes second may fail; the sweep tries again
                db.session.rollback()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(issue, range(4)))
    assert (count(real, Certificate), told(real, "CertificateIssued")) == (1, 1)
    with real.app_context():
        db.session.execute(update(Certificate).values(revoked_reason=None))
        again = certificates.issue(real.extensions["nok"], enrollment)
        assert again is not None
        assert again.id == db.session.scalars(select(Certificate.id)).one()
