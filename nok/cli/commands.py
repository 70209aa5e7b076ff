"""The command line of each process."""

import sys
from pathlib import Path


def web_command() -> list[str]:
    """Pages and streams."""
    return [sys.executable, "-m", "nok.cli.web_server"]


def worker_command(queues: str, concurrency: int, *, pool: str = "prefork", clock: bool = False) -> list[str]:
    """Celery's worker for some of the queues; with `clock`, what runs by the clock is started by it, too."""
    wanted = ["--queues", queues, "--pool", pool, "--concurrency", str(concurrency)]
    return [sys.executable, "-m", "worker", "work", *wanted, *(["--clock"] if clock else [])]


def schedule_command() -> list[str]:
    """Celery's clock."""
    return [sys.executable, "-m", "worker", "schedule"]


def broker_command(binary: Path, folder: Path) -> list[str]:
    """The embedded broker, with its configuration (port and password) in a file only the owner can read."""
    return [str(binary), str(folder / "valkey.conf")]
