"""A database, a broker, and real worker processes on them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nok.accounts.models import Role
from nok.settings import Settings
from tests import servers
from tests.conftest import migrate
from tests.factories import courses, people
from tests.factories.films import film
from tests.faults.product import inside

__all__ = ["film"]


class Station:
    """One installation without pages: workers are started and killed by the test."""

    def __init__(self, folder: Path, broker_url: str) -> None:
        self._environment = {"NOK_DATA_DIR": str(folder), "NOK_BROKER_URL": broker_url, "PORT": "8000"}
        self._workers: list[subprocess.Popen[bytes]] = []
        self.settings = Settings.from_env(self._environment)
        self.log = folder / "worker.log"

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a process, `start("worker", "--queues", "media")` or `start("schedule")`."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("NOK_")}
        with self.log.open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "nok.cli", *arguments],
                env=plain | self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._workers.append(started)
        return started

    def end(self) -> None:
        for worker in self._workers:
            if worker.poll() is None:
                os.killpg(worker.pid, 9)
            worker.wait()


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    from nok.certificates import service as certificates

    folder = tmp_path / "data"
    folder.mkdir()
    with servers.broker(tmp_path / "broker") as url:
        built = Station(folder, url)
        with inside(built.settings) as app:
            migrate(app)
            certificates.ensure_key(built.settings)
            people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
        yield built
        built.end()
