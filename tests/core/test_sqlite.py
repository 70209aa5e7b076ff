"""Writers of one process on one SQLite database: each has its turn, and nobody keeps it for good."""

import gc
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from nok.core.sqlite import QueuingConnection

pytestmark = pytest.mark.timeout(15)  # less than a writer's patience: here, nobody may need it
WRITERS, EACH = 8, 25


def open_database(path: Path) -> QueuingConnection:
    return QueuingConnection(str(path), check_same_thread=False)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "counted.sqlite3"
    connection = open_database(path)
    connection.execute("CREATE TABLE counted (number INTEGER NOT NULL)")
    connection.execute("INSERT INTO counted VALUES (0)")
    connection.close()
    return path


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(WRITERS) as pool:
        yield pool


def test_what_writers_read_is_still_true_when_they_write(path: Path, pool: ThreadPoolExecutor) -> None:
    start = threading.Barrier(WRITERS)

    def count() -> None:
        connection = open_database(path)
        start.wait()
        for _ in range(EACH):
            connection.begin_writing()
            (number,) = connection.execute("SELECT number FROM counted").fetchone()
            connection.execute("UPDATE counted SET number = ?", (number + 1,))
            connection.commit()
        connection.close()

    for each in [pool.submit(count) for _ in range(WRITERS)]:
        each.result()
    assert open_database(path).execute("SELECT number FROM counted").fetchone() == (WRITERS * EACH,)


def fail_and_roll_back(connection: QueuingConnection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE counted SET number = NULL")
    connection.rollback()


@pytest.mark.parametrize("end", [QueuingConnection.commit, fail_and_roll_back, QueuingConnection.close])
def test_whoever_waits_begins_when_the_one_before_ends(
    path: Path, pool: ThreadPoolExecutor, end: Callable[[QueuingConnection], None]
) -> None:
    first, second = open_database(path), open_database(path)
    first.begin_writing()
    waiting: Future[None] = pool.submit(second.begin_writing)
    with pytest.raises(TimeoutError):
        waiting.result(0.2)
    end(first)
    waiting.result()
    second.rollback()


def test_two_databases_do_not_wait_for_each_other(path: Path, tmp_path: Path) -> None:
    here, there = open_database(path), open_database(tmp_path / "other.sqlite3")
    here.begin_writing()
    there.begin_writing()
    here.rollback()
    there.rollback()


def test_a_forgotten_connection_does_not_keep_its_turn(path: Path) -> None:
    forgotten = open_database(path)
    forgotten.begin_writing()
    del forgotten
    gc.collect()
    following = open_database(path)
    following.begin_writing()
    following.rollback()
