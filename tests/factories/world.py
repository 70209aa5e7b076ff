"""A small world with something in every table: people of every role, courses in every state, what they did there.

The student holds a certificate for `needle-safety`, has an open attempt in `second-course`, and of the worksheets of
`practice-course` one came back and the other waits for its review; the stranger is in no course.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from nok.accounts import service as accounts
from nok.accounts.models import AddressChange, Person, Registration, Role, SignIn
from nok.annotations import service as annotating
from nok.annotations.models import Color
from nok.annotations.rules import Source, SourceKind
from nok.articles import queries as article_queries
from nok.assessments import queries as assessments
from nok.authoring import service as authoring
from nok.certificates.models import Certificate
from nok.classroom.queries import access
from nok.core import tokens
from nok.core.clock import now
from nok.core.db import db
from nok.core.mail import OutboxMailer
from nok.core.outbox import OutboxDelivery, OutboxMessage
from nok.core.storage import LocalStorage, Storage, open_storage
from nok.courses.models import Lesson, LessonKind
from nok.discussions import service as discussing
from nok.enrollments import queries as enrollments
from nok.enrollments import service as enrolling
from nok.enrollments.models import Enrollment
from nok.formats import course_folder
from nok.learning import queries as learning
from nok.learning import service as learning_service
from nok.media.models import Video, VideoStatus
from nok.notifications import service as notifications
from nok.notifications.rules import KINDS
from nok.settings import Settings
from tests.factories import articles, courses, papers, people
from tests.work import work_off

STUDENT = "enrolled@test.example"
STRANGER = "stranger@test.example"
OPERATOR = "operator@test.example"
NAME = "Lín Yùzhēn 林玉珍"
VIDEO_MS = 60_000
SESSION = "00000000-0000-4000-8000-000000000001"
PICTURE = "\n![A needle](pictures/needle.svg)\n"
APPROVAL = """
[[approvals]]
board = "TEST-BOARD"
board_name = "Board of Tests"
number = "T-1"
hours = 1.5
category = "Category 1"
valid_from = 2020-01-01
valid_until = 2099-12-31
"""
# Tables that this world leaves empty.
EMPTY: set[str] = set()


@dataclass(frozen=True)
class World:
    """What a test needs to know of it."""

    course: str
    open_course: str
    practice: str
    worksheet_id: int
    article: str
    serial: str
    confirmation: str
    mail_key: str
    video_lesson_id: int
    reset: str
    new_address: str
    sign_in_id: int
    license_id: int
    enrollment_id: int
    student_id: int
    failed_delivery_id: int
    note_id: str
    question_id: int
    mail_off: str


def build(app: Flask, folders: Path) -> World:
    """Fill the application's database, commit, do the worker's work, and return what came of it."""
    for kept in (access._media._kept, access._pictures._kept):  # a database that is rolled back gives its ids again
        kept.clear()
    settings: Settings = app.extensions["nok"]
    with app.app_context():
        _people()
        course, second = _courses(settings, folders)
        article = articles.published(folders)
        articles.published(folders, words="First of all.")
        video_lesson_id = _learned(course)
        _begun(second)
        practice = courses.published(folders, "practice-course", title="Practice Course", texts=1)
        worksheet_id = papers.practice(practice, STUDENT, courses.TEACHER)
        confirmation = _doors(settings)
        _drafted(settings, article)
        own = _own(settings) | {"note_id": _noted(article), "question_id": _asked(article)}
    work_off(app)
    with app.app_context():
        serial = db.session.scalars(select(Certificate.serial)).one()
        mail_key = next(OutboxMailer(LocalStorage(settings.data_dir / "mail")).kept()).key
        own |= _failed(serial)
    return World(
        course, second, practice, worksheet_id, article, serial, confirmation, mail_key, video_lesson_id, **own
    )


def _people() -> None:
    people.person(STUDENT, name=NAME)
    people.person(STRANGER, name="Nobody Here")
    people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
    people.person(OPERATOR, Role.OPERATOR, "Olga Operator")


def _courses(settings: Settings, folders: Path) -> tuple[str, str]:
    film = folders / "film.mp4"
    film.parent.mkdir(parents=True, exist_ok=True)
    film.write_bytes(b"\0\0\0\x18ftypisom")
    folder = courses.write_folder(folders, video=film)
    (folder / "pictures").mkdir(exist_ok=True)
    (folder / "pictures" / "needle.svg").write_text(articles.PICTURE)
    for name, more in (("course.toml", APPROVAL), ("lessons/reading-1.md", PICTURE)):
        with (folder / name).open("a") as file:
            file.write(more)
    storage = open_storage(settings)
    authoring.import_course(storage, course_folder.read(folder))
    ready(storage, db.session.scalars(select(Video)).one())
    db.session.commit()
    papers.evaluation("needle-safety")
    return "needle-safety", courses.published(
        folders, "second-course", title="Second Course", time_limit=60, document=True
    )


def ready(storage: Storage, video: Video) -> None:
    """Make a video look transcoded: its bytes are not what these tests are about."""
    video.status, video.length_ms, video.ready_at = VideoStatus.READY, VIDEO_MS, now()
    for name in ("index.m3u8", "v0.m3u8", "v0-init.mp4", "v0-00001.m4s", "poster.jpg"):
        storage.put(f"{video.folder}/{name}", b"bytes of the film " + name.encode())


def _learned(course: str) -> int:
    """Let the student sign in and complete the course, and return the id of its video lesson."""
    enrollment = _enrolled(course)
    standing = learning.standing(enrollment)
    video = next(lesson for lesson in standing.lessons if lesson.kind is LessonKind.VIDEO)
    token = accounts.start_sign_in(db.session.get_one(Person, enrollment.person_id), "a test")
    seat = enrollments.seat(enrollment.person_id, video.id)
    learning_service.start_watching(seat, learning_service.BeatReport(SESSION, 0, [], 1000))
    underway = learning.underway(token, video.id, SESSION)
    assert underway is not None
    learning_service.beat(underway, learning_service.BeatReport(SESSION, 1, [(0, 1000)], 1000))
    progress = learning.progress(enrollment.id, video.id)
    assert progress is not None
    progress.covered, progress.completed_at = [[0, VIDEO_MS]], now()
    for lesson in standing.lessons:
        if lesson.kind is LessonKind.TEXT:
            learning_service.mark_read(enrollment, lesson)
    test = next(lesson for lesson in standing.lessons if lesson.kind is LessonKind.TEST)
    attempt = learning_service.start_test(enrollment, test)
    learning_service.submit_test(enrollment, test, attempt.number, right_answers(test))
    db.session.commit()
    papers.evaluated(course, STUDENT)
    return video.id


def _begun(course: str) -> None:
    enrollment = _enrolled(course)
    lessons = learning.standing(enrollment).lessons
    for lesson in lessons[:-1]:
        learning_service.mark_read(enrollment, lesson)
    learning_service.start_test(enrollment, lessons[-1])
    db.session.commit()


def _enrolled(course: str) -> Enrollment:
    person = db.session.scalars(select(Person).where(Person.email == STUDENT)).one()
    enrolling.enroll(person, course)
    db.session.commit()
    return enrollments.open_enrollment(person.id, course)


def _doors(settings: Settings) -> str:
    """Leave a failure at the door and a registration; return the token that confirms it."""
    accounts.check_password("nobody@test.example", "wrong", "192.0.2.1")
    accounts.register("new@test.example", "New Person", "New Person", people.PASSWORD, "192.0.2.1")
    db.session.commit()
    asked = db.session.scalars(select(Registration.id)).one()
    return tokens.sign(settings.secret_key, "register", asked)


def _drafted(settings: Settings, slug: str) -> None:
    """Leave a draft of the article, and a picture that it does not show yet."""
    article = article_queries.with_author(slug)
    authoring.save_draft(article, authoring.written(article).fields | {"body": "Second of all."}, 0)
    authoring.keep_picture(open_storage(settings), article, "needle.svg", articles.PICTURE.encode())
    db.session.commit()


def _noted(article: str) -> str:
    """Let the student highlight what an article said before, and return the highlight's id."""
    person = db.session.scalars(select(Person).where(Person.email == STUDENT)).one()
    marked = annotating.Marked(Source(SourceKind.ARTICLE, article), 1, quote="First.")
    made = annotating.make(person.id, marked, Color.SKY, "Ask about this.")
    db.session.commit()
    return made.id


def _asked(article: str) -> int:
    """Let the student ask about an article, and its author reply; return the question's id."""
    asker, author = (
        db.session.scalars(select(Person).where(Person.email == email)).one() for email in (STUDENT, courses.TEACHER)
    )
    about = discussing.About(Source(SourceKind.ARTICLE, article), 1, 0, 6)
    question = discussing.ask(asker, about, "Why first?")
    discussing.reply(question, author, "Because it is.", 0)
    db.session.commit()
    return question.id


def _own(settings: Settings) -> dict[str, Any]:
    """Give the student a license, and links in mail that wait; return what leads to each."""
    person = db.session.scalars(select(Person).where(Person.email == STUDENT)).one()
    held = accounts.add_license(person, "TEST-BOARD", "T-100", "", date(2099, 12, 31))
    sign_in_id = db.session.scalars(select(SignIn.id).where(SignIn.person_id == person.id)).one()
    db.session.commit()
    accounts.ask_address(person, "moved@test.example", people.PASSWORD)
    db.session.commit()
    change = db.session.scalars(select(AddressChange)).one()
    notifications.choose(person.id, KINDS.values(), {("welcome", "feed")})
    db.session.commit()
    enrollment = enrollments.of_course(person.id, "needle-safety")
    assert enrollment is not None
    return {
        "mail_off": notifications.off_link(settings.secret_key, person.id, "enrolled").rpartition("/")[2],
        "reset": accounts.reset_token(settings.secret_key, person),
        "new_address": accounts.address_token(settings.secret_key, change, person),
        "sign_in_id": sign_in_id,
        "license_id": held.id,
        "enrollment_id": enrollment.id,
    }


def _failed(serial: str) -> dict[str, Any]:
    """Leave a mail that could not be sent and was set aside."""
    certificate = db.session.scalars(select(Certificate).where(Certificate.serial == serial)).one()
    message = OutboxMessage(
        kind="CertificateIssued", payload={"certificate_id": certificate.id}, created_at=now(), dispatched_at=now()
    )
    db.session.add(message)
    db.session.flush()
    delivery = OutboxDelivery(
        message_id=message.id,
        handler="certificates.mail",
        queue="mail",
        attempts=16,
        due_at=now(),
        set_aside_at=now(),
        last_error="ConnectionRefusedError: nobody answers",
    )
    db.session.add(delivery)
    db.session.commit()
    return {"student_id": certificate.person_id, "failed_delivery_id": delivery.id}


def right_answers(lesson: Lesson) -> dict[int, list[int]]:
    """Return the right choices of a test by question."""
    return {
        question.id: [choice.id for choice in question.choices if choice.right]
        for question in assessments.questions(lesson.id)
    }
