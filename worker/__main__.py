"""Start a worker, or the clock: `python -m worker work --queues default,mail`, `python -m worker schedule`.

Celery's own command line does the same and loads a shell's worth of modules that nobody needs here.
"""

import argparse
import importlib
import sys

from celery.beat import EmbeddedService

from worker.app import celery
from worker.queues import ALL, MEDIA

SOFT_SECONDS = 60
HARD_SECONDS = 90


def main() -> int:
    """Run until a signal says stop: SIGTERM finishes what is in hand."""
    wanted = _arguments()
    if wanted.what == "schedule":
        celery.Beat(quiet=True, loglevel="WARNING").run()
        return 0
    importlib.import_module("worker.task")
    worker = celery.Worker(
        queues=wanted.queues,
        pool=wanted.pool,
        concurrency=wanted.concurrency,
        hostname=f"{wanted.queues.replace(',', '-')}@%h",
        loglevel="WARNING",
        quiet=True,
        **_limits(wanted.queues.split(",")),
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    if wanted.clock:
        EmbeddedService(celery, thread=True).start()
    worker.start()
    return int(worker.exitcode or 0)


def _limits(queues: list[str]) -> dict[str, int]:
    """Return the time limits (prefork only). A video may take hours; ffmpeg's own limit ends it."""
    return {} if MEDIA in queues else {"soft_time_limit": SOFT_SECONDS, "time_limit": HARD_SECONDS}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m worker")
    parser.add_argument("what", choices=["work", "schedule"])
    parser.add_argument("--queues", default=",".join(ALL))
    parser.add_argument("--pool", choices=["prefork", "threads", "solo"], default="prefork")
    parser.add_argument("--concurrency", type=int, default=2)
    parser.add_argument("--clock", action="store_true", help="also start what runs by the clock")
    return parser.parse_args()


sys.exit(main())
