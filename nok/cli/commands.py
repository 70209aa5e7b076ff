"""The command line of each process."""

import sys
from pathlib import Path

from nok.settings import Settings

DRAIN_SECONDS = 20


def web_command(settings: Settings) -> list[str]:
    """Granian with one process of threads: SQLite and this size of machine gain nothing from more."""
    return [
        sys.executable, "-m", "granian", "wsgi:app",
        "--interface", "wsgi",
        "--host", settings.host,
        "--port", str(settings.port),
        "--workers", "1",
        "--blocking-threads", str(settings.web_threads),
        "--backpressure", str(settings.web_threads * 2),
        "--respawn-failed-workers",
        "--workers-kill-timeout", str(DRAIN_SECONDS),
        "--no-ws",
        "--log-level", "warning",
        "--working-dir", str(Path(__file__).resolve().parents[2]),
    ]  # fmt: skip


def worker_command(queues: str, concurrency: int, *, pool: str = "prefork") -> list[str]:
    """Celery's worker for some of the queues."""
    return [
        *_celery(), "worker",
        "--include", "worker.task",
        "--queues", queues,
        "--pool", pool,
        "--concurrency", str(concurrency),
        "--hostname", f"{queues.replace(',', '-')}@%h",
        "--loglevel", "warning",
        "--without-gossip", "--without-mingle", "--without-heartbeat",
    ]  # fmt: skip


def schedule_command() -> list[str]:
    """Celery's clock."""
    return [*_celery(), "beat", "--loglevel", "warning", "--pidfile", ""]


def broker_command(binary: Path, folder: Path) -> list[str]:
    """The embedded broker, with its configuration (port and password) in a file only the owner can read."""
    return [str(binary), str(folder / "valkey.conf")]


def _celery() -> list[str]:
    return [sys.executable, "-m", "celery", "--quiet", "--app", "worker.app:celery"]
