"""What a page costs at least: a Flask view on the same server and database, one joined query, HTML of the same size."""

import os
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

CARDS = text(
    "SELECT course.slug, course_revision.title, course_revision.summary, course_revision.minutes,"
    " course_revision.lesson_count, person.display_name"
    " FROM course_revision JOIN course ON course.id = course_revision.course_id"
    " AND course.current_number = course_revision.number"
    " JOIN teacher_profile ON teacher_profile.person_id = course.teacher_id"
    " JOIN person ON person.id = teacher_profile.person_id ORDER BY course_revision.title LIMIT 24"
)


def make() -> Flask:
    """Return the application; NOK_DATABASE_URL and BENCH_BYTES say what it serves."""
    app = Flask("bare")
    engine = create_engine(os.environ["NOK_DATABASE_URL"], pool_size=48)
    size = int(os.environ["BENCH_BYTES"])

    @app.get("/courses")
    def courses() -> str:
        with engine.connect() as connection:
            rows = connection.execute(CARDS).all()
        cards = "".join(f"<li>{' '.join(str(value) for value in row)}</li>" for row in rows)
        return f"<ul>{cards}</ul>".ljust(size)

    return app


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
