"""What an answer costs at least: Flask views on the same server and database, without sign-in, rules and templates.

A page is one joined query for the rows that the product's page shows, and HTML of the same size; a beat is one upsert.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, request
from sqlalchemy import TextClause, text

from bench.load import getting, per_second
from nok.core.db import begin_reading, begin_writing, db
from tests.faults.product import Product
from tests.servers import free_port, wait_until

CURRENT = (
    " FROM course JOIN course_revision AS revision"
    " ON revision.course_id = course.id AND revision.number = course.current_number"
    " JOIN teacher_profile AS teacher ON teacher.person_id = course.teacher_id"
    " JOIN person ON person.id = teacher.person_id"
)
LESSONS = " JOIN lesson ON lesson.revision_id = revision.id JOIN section ON section.id = lesson.section_id"
CATALOG = text(
    "SELECT course.slug, revision.title, revision.summary, revision.minutes, revision.lesson_count, revision.topics,"
    f" revision.category, course.price_cents, teacher.slug, person.display_name{CURRENT} ORDER BY revision.title"
)
COURSE = text(
    "SELECT revision.title, revision.summary, revision.about_html, revision.scope_notice_html, revision.objectives,"
    " teacher.bio, person.display_name, section.title, lesson.slug, lesson.title, lesson.minutes, lesson.kind"
    f"{CURRENT}{LESSONS} WHERE course.slug = :course ORDER BY lesson.position"
)
LESSON = text(
    "SELECT revision.title, section.title, lesson.slug, lesson.title, lesson.kind, lesson.minutes, block.html,"
    f" enrollment.started_at, progress.completed_at{CURRENT}{LESSONS}"
    " LEFT JOIN block ON block.lesson_id = lesson.id AND lesson.slug = :lesson"
    " JOIN enrollment ON enrollment.revision_id = revision.id"
    " JOIN person AS learner ON learner.id = enrollment.person_id"
    " LEFT JOIN lesson_progress AS progress"
    " ON progress.enrollment_id = enrollment.id AND progress.lesson_id = lesson.id"
    " WHERE course.slug = :course AND learner.email = 'student@demo.example' ORDER BY lesson.position, block.position"
)
TABLE = text("CREATE TABLE IF NOT EXISTS bench_upsert (person INTEGER PRIMARY KEY, covered TEXT, at TIMESTAMP)")
UPSERT = text(
    "INSERT INTO bench_upsert (person, covered, at) VALUES (:person, :covered, CURRENT_TIMESTAMP)"
    " ON CONFLICT (person) DO UPDATE SET covered = excluded.covered, at = excluded.at"
)


def make() -> Flask:
    """Return the application; NOK_DATABASE_URL and BENCH_SIZES (bytes by path) say what it serves."""
    app = Flask("bare")
    app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["NOK_DATABASE_URL"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 48}
    db.init_app(app)  # the same engine, with the same journal and the same care for what is on the disk
    sizes: dict[str, int] = json.loads(os.environ["BENCH_SIZES"])
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(TABLE)

    def page(query: TextClause, **values: str) -> str:
        begin_reading()
        with db.engine.connect() as connection:
            rows = connection.execute(query, values).all()
        cells = "".join(f"<li>{' '.join(str(value) for value in row)}</li>" for row in rows)
        return f"<ul>{cells}</ul>"[: sizes[request.path]].ljust(sizes[request.path])

    app.get("/courses")(lambda: page(CATALOG))
    app.get("/courses/<course>", endpoint="course")(lambda course: page(COURSE, course=course))
    app.get("/learn/<course>/<lesson>", endpoint="lesson")(
        lambda course, lesson: page(LESSON, course=course, lesson=lesson)
    )

    @app.post("/upsert")
    def upsert() -> dict[str, bool]:
        begin_writing()
        sent = request.get_json()
        with db.engine.begin() as connection:
            connection.execute(UPSERT, {"person": sent["person"], "covered": json.dumps(sent["played"])})
        return {"kept": True}

    return app


@contextmanager
def serving(product: Product, sizes: Mapping[str, int]) -> Iterator[int]:
    """Run the bare views on the product's database; their port."""
    port = free_port()
    told = {"NOK_DATABASE_URL": product.settings.database_url, "BENCH_SIZES": json.dumps(sizes), "PORT": str(port)}
    server = subprocess.Popen([sys.executable, "-m", "bench.bare"], env=os.environ | told, start_new_session=True)
    try:
        wait_until(lambda: _up(port), "the bare views", 30)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _up(port: int) -> bool:
    try:
        return per_second(port, [getting("/courses")], seconds=0.01) > 0
    except OSError:
        return False


def serve() -> None:
    """Serve on PORT as the product's own server does."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server.mp import MPServer

    server = MPServer(
        "bench.bare:make",
        factory=True,
        address="127.0.0.1",
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        blocking_threads=48,
        backpressure=96,
        websockets=False,
        log_level=LogLevels.error,
        working_dir=Path(__file__).resolve().parents[1],
    )
    server.serve()


if __name__ == "__main__":
    serve()
