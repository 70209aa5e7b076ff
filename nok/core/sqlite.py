"""Connections of SQLite whose writers queue up within the process."""

import os
import sqlite3
import threading
from collections import defaultdict
from typing import Any

PATIENCE_S = 20
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", f"busy_timeout={PATIENCE_S * 1000}", "synchronous=FULL")

_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)  # by the name of the database
os.register_at_fork(after_in_child=_turns.clear)  # whoever had a turn is not there to give it away


class QueuingConnection(sqlite3.Connection):
    """A connection that waits for its turn among the writers of this process before it asks for SQLite's write lock.

    SQLite lets a writer sleep longer and longer between two looks at the lock, so that it is free for much of the time
    and the last to come may be the first to get it. Between processes that stays so. The queue is a courtesy: after
    `PATIENCE_S` seconds a writer leaves it and takes its chance with SQLite, which alone keeps writers apart.
    """

    _has_turn = False

    def __init__(self, database: str, *args: Any, **more: Any) -> None:
        super().__init__(database, *args, **more)
        self._turn = _turns[str(database)]
        self.isolation_level = None  # BEGIN is ours to send
        for pragma in PRAGMAS:
            self.execute(f"PRAGMA {pragma}")

    def begin_writing(self) -> None:
        """Begin a transaction that has the write lock: a read that turns into a write cannot wait for it and fails."""
        self._has_turn = self._has_turn or self._turn.acquire(timeout=PATIENCE_S)
        self.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit, and let the next writer begin."""
        try:
            super().commit()
        finally:
            self._give_turn_away()

    def rollback(self) -> None:
        """Roll back, and let the next writer begin. The pool does it with every connection that comes back."""
        try:
            super().rollback()
        finally:
            self._give_turn_away()

    def close(self) -> None:
        """Close; what was not committed is rolled back by SQLite."""
        try:
            super().close()
        finally:
            self._give_turn_away()

    def __del__(self) -> None:
        """Let the next writer begin when nobody has this connection any more."""
        self._give_turn_away()

    def _give_turn_away(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._turn.release()
