"""The demo: people with a past, two courses and an article, imported by the code that imports everybody's.

The past is made by the verbs a learner uses, and the certificate by the worker, so the demo shows nothing that the
product cannot do.
"""

import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from nok.accounts import service as accounts
from nok.accounts.messages import PersonRegistered
from nok.accounts.models import Person, Role
from nok.assessments import queries as assessments
from nok.authoring import service as authoring
from nok.core import outbox
from nok.core.db import db
from nok.core.storage import open_storage
from nok.courses.models import LessonKind
from nok.enrollments import service as enrollments
from nok.formats import article_folder, course_folder
from nok.learning import queries as learning
from nok.learning import service as learning_service
from nok.settings import Settings

FOLDER = Path(__file__).resolve().parent.parent / "demo"
PASSWORD = "needle-safety-demo"  # noqa: S105  public on purpose: production refuses to start with these accounts
COMPLETED_COURSE = "clean-field-and-sharps"
STUDENT = "student@demo.example"


def load(settings: Settings) -> bool:
    """Fill an empty database, in the current transaction; return False and do nothing when there are people in it."""
    if db.session.scalar(select(func.count()).select_from(Person)):
        return False
    people = {entry["email"]: _add(entry) for entry in _people()}
    db.session.flush()
    storage = open_storage(settings)
    for folder in sorted((FOLDER / "courses").iterdir()):
        authoring.import_course(storage, course_folder.read(folder))
    for folder in sorted((FOLDER / "articles").iterdir()):
        authoring.import_article(storage, article_folder.read(folder))
    db.session.flush()
    _complete(people[STUDENT], COMPLETED_COURSE)
    return True


def _people() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))["people"]
    return listed


def _add(entry: dict[str, Any]) -> Person:
    person = accounts.add_person(
        entry["email"],
        entry["display_name"],
        entry["license_name"],
        accounts.hash_password(PASSWORD),
        Role(entry["role"]),
        demo=True,
    )
    if person.role is Role.TEACHER:
        accounts.present_teacher(person, entry["slug"], entry["credentials"], entry["bio"])
    outbox.publish(PersonRegistered(person.id))
    return person


def _complete(person: Person, slug: str) -> None:
    """Read every lesson and pass the test, as the person would."""
    enrollment = enrollments.enroll(person, slug)
    db.session.flush()
    for lesson in learning.standing(enrollment).lessons:
        if lesson.kind is LessonKind.TEXT:
            learning_service.mark_read(enrollment, lesson)
        elif lesson.kind is LessonKind.TEST:
            attempt = learning_service.start_test(enrollment, lesson)
            right = {
                question.id: [choice.id for choice in question.choices if choice.right]
                for question in assessments.questions(lesson.id)
            }
            learning_service.submit_test(enrollment, lesson, attempt.number, right)
