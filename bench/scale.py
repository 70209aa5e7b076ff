"""The same pages with a thousand learners and with a hundred thousand: the same statements, about the same time."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select

from bench.figure import Figure
from bench.queries import COURSE, count, load, signed_in
from nok.accounts.models import Person, Role
from nok.core.clock import now
from nok.core.db import Model, db
from nok.courses.models import Course, CourseRevision, Lesson
from nok.enrollments.models import Enrollment
from nok.learning.models import Completion, LessonProgress
from nok.notifications.models import Feed, Notification
from nok.settings import Settings
from tests.faults.product import inside

FEW, MANY = 1_000, 100_000
BATCH = 5_000
RUNS = 60
MOST = 1.5
PAGES = {
    "catalog": "/courses",
    "course": f"/courses/{COURSE}",
    "lesson": f"/learn/{COURSE}/the-clean-field",
    "my learning": "/learn",
    "feed": "/notifications",
}


def measure(folder: Path) -> Iterator[Figure]:
    few, many = (signed_in(installation(folder / str(people), people)) for people in (FEW, MANY))
    statements = {name: (count(few, path), count(many, path)) for name, path in PAGES.items()}
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in PAGES}
    for _ in range(RUNS):  # in turn, so that a busy moment of the machine hits all
        for name, path in PAGES.items():
            for client, times in zip((few, many), taken[name], strict=True):
                begun = time.perf_counter()
                client.get(path)
                times.append(time.perf_counter() - begun)
    for name, (less, more) in statements.items():
        yield Figure(f"{name}: more statements with {MANY} than with {FEW}", more - less, "", 0)
        ratio = statistics.median(taken[name][1]) / statistics.median(taken[name][0])
        yield Figure(f"{name}: time, {MANY} over {FEW}", ratio, "times", MOST)


def installation(folder: Path, people: int) -> Flask:
    """Return an application over a database with the demo and so many learners."""
    settings = Settings.from_env({"NOK_DATA_DIR": str(folder)})
    settings.data_dir.mkdir(exist_ok=True)
    with inside(settings) as app:
        load(settings)
        seed(people)
    return app


@dataclass(frozen=True)
class Shelf:
    """A published course: the ids of its current revision and of the lessons in it."""

    course_id: int
    revision_id: int
    lesson_ids: list[int]


def seed(people: int) -> None:
    """Add learners until there are so many; each is in two courses, halfway in one and done with the other."""
    there = db.session.scalar(select(func.count()).select_from(Person)) or 0
    first = (db.session.scalar(select(func.max(Person.id))) or 0) + 1
    shelves = _shelves()
    for start in range(first, first + people - there, BATCH):
        _add(range(start, min(start + BATCH, first + people - there)), shelves)
        db.session.commit()


def _shelves() -> list[Shelf]:
    rows = db.session.execute(
        select(Course.id, Lesson.revision_id, Lesson.id)
        .join(CourseRevision, CourseRevision.course_id == Course.id)
        .join(Lesson, Lesson.revision_id == CourseRevision.id)
        .where(CourseRevision.number == Course.current_number)
        .order_by(Course.id, Lesson.position)
    )
    found: dict[int, Shelf] = {}
    for course_id, revision_id, lesson_id in rows:
        found.setdefault(course_id, Shelf(course_id, revision_id, [])).lesson_ids.append(lesson_id)
    return list(found.values())


def _add(numbers: range, shelves: list[Shelf]) -> None:
    moment = now() - timedelta(days=30)
    _insert(Person, [_person(number, moment) for number in numbers])
    _insert(Feed, [{"person_id": number, "last_seq": 1} for number in numbers])
    _insert(Notification, [_notification(number, moment) for number in numbers])
    begun = (db.session.scalar(select(func.max(Enrollment.id))) or 0) + 1
    places = [
        (begun + 2 * place + half, number, shelves[(number + half) % len(shelves)], half)
        for place, number in enumerate(numbers)
        for half in (0, 1)
    ]
    _insert(
        Enrollment,
        [
            {
                "id": enrollment_id,
                "person_id": number,
                "course_id": shelf.course_id,
                "revision_id": shelf.revision_id,
                "started_at": moment,
            }
            for enrollment_id, number, shelf, _ in places
        ],
    )
    _insert(
        LessonProgress,
        [
            {"enrollment_id": enrollment_id, "lesson_id": lesson_id, "covered": [], "completed_at": moment}
            for enrollment_id, _, shelf, half in places
            for lesson_id in (shelf.lesson_ids if half else shelf.lesson_ids[: len(shelf.lesson_ids) // 2])
        ],
    )
    _insert(Completion, [{"enrollment_id": place[0], "completed_at": moment} for place in places if place[3]])


def _insert(table: type[Model], rows: list[dict[str, Any]]) -> None:
    db.session.execute(insert(table), rows)


def _person(number: int, moment: Any) -> dict[str, Any]:
    return {
        "id": number,
        "email": f"seeded-{number}@bench.example",
        "display_name": f"Learner {number}",
        "license_name": f"Learner {number}",
        "password_hash": "x",
        "role": Role.STUDENT,
        "created_at": moment,
    }


def _notification(number: int, moment: Any) -> dict[str, Any]:
    return {
        "person_id": number,
        "seq": 1,
        "kind": "welcome",
        "event_key": "welcome",
        "message": "Welcome.",
        "url": "/courses",
        "created_at": moment,
    }
