"""Pages and beats a second, as a share of what bare views on the same server and database give."""

import http.client
import itertools
import json
import statistics
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import select

from bench import bare
from bench.figure import Figure
from bench.films import wait_for_films
from bench.load import CLIENTS, Ask, getting, per_second
from nok.cli import demonstration
from nok.core.db import db
from nok.courses.models import Course, CourseRevision, Lesson, LessonKind
from tests.faults.learners import add_people
from tests.faults.product import Product, inside, running
from tests.faults.visitor import Visitor

ROUNDS = 3
CATALOG, COURSE = "/courses", "/courses/microneedling-for-acupuncturists"
LESSON = "/learn/clean-field-and-sharps/the-clean-field"
WITH_FILM = "when-a-patient-faints"
FILM_MS, STEP_MS = 60_000, 20


@dataclass(frozen=True)
class Line:
    """What is compared: asked of the product, asked of the bare view, and the share that is promised."""

    what: str
    ours: list[Ask]
    least: list[Ask]
    share: float | None


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data", demo=True) as product:
        wait_for_films(product)
        guest, student = Visitor(product.address), Visitor(product.address)
        guest.get("/account/login")  # a guest with a session, for whom no kept page will do
        student.sign_in(demonstration.STUDENT)
        sizes = {path: len(student.get(path).body) for path in (CATALOG, COURSE, LESSON)}
        with bare.serving(product, sizes) as port:
            for line in (
                page("catalog, guest", CATALOG, 0.5),
                page("catalog, each page made anew", CATALOG, None, guest.cookie),
                page("course, guest", COURSE, 0.3),
                page("course, each page made anew", COURSE, None, guest.cookie),
                page("lesson, signed in", LESSON, 0.3, student.cookie),
                Line("beats of as many learners", beating(product), upserting(), 0.4),
            ):
                yield from compare(line, product.port, port)


def compare(line: Line, ours: int, least: int) -> Iterator[Figure]:
    """Measure both in turn, so that a busy moment of the machine hits both."""
    rates = [(per_second(ours, line.ours), per_second(least, line.least)) for _ in range(ROUNDS)]
    rate, bare_rate = (statistics.median(each) for each in zip(*rates, strict=True))
    yield Figure(f"{line.what}, a second ({CLIENTS} connections)", rate, "1/s")
    yield Figure(f"{line.what}, share of bare", rate / bare_rate, "", least=line.share)


def page(what: str, path: str, share: float | None, cookie: str = "") -> Line:
    return Line(what, [getting(path, cookie)] * CLIENTS, [getting(path)] * CLIENTS, share)


def beating(product: Product) -> list[Ask]:
    """Return what sends the beats of learners, each of whom watches the same film in a browser of their own.

    As a player's do, each beat goes on where the one before ended, and says less than the server's clock allows.
    """
    with inside(product.settings):
        lesson_id = db.session.scalars(
            select(Lesson.id)
            .join(CourseRevision, CourseRevision.id == Lesson.revision_id)
            .join(CourseRevision.course)
            .where(Lesson.kind == LessonKind.VIDEO, Course.slug == WITH_FILM)
        ).one()
    clients = []
    for email in add_people(product.settings, CLIENTS):
        learner = Visitor(product.address)
        learner.sign_in(email)
        assert learner.post(f"/courses/{WITH_FILM}/enroll").status == 303
        headers = {"Cookie": learner.cookie, "X-CSRFToken": learner.token, "Content-Type": "application/json"}
        session = str(uuid.uuid4())
        clients.append(posting(f"/api/v1/lessons/{lesson_id}/beats", headers, partial(beat, session)))
    return clients


def beat(session: str, number: int, **more: object) -> dict[str, object]:
    start = number * STEP_MS % FILM_MS
    return more | {"session": session, "seq": number, "played": [[start, start + STEP_MS]], "position_ms": start}


def upserting() -> list[Ask]:
    headers = {"Content-Type": "application/json"}
    return [posting("/upsert", headers, partial(beat, "bare", person=person)) for person in range(CLIENTS)]


def posting(path: str, headers: dict[str, str], body: Callable[[int], dict[str, object]]) -> Ask:
    numbers = itertools.count()

    def ask(connection: http.client.HTTPConnection) -> int:
        connection.request("POST", path, json.dumps(body(next(numbers))), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    return ask
