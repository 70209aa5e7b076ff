"""The web server: Granian with one process of threads, which ends its live streams when it is asked to stop.

A stream is a request that never ends, and a graceful stop waits for requests: without a word to them it would wait
until it gives up. The word is a file: the server's processes share nothing else before the application is loaded.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer

from nok.settings import Settings

DRAIN_SECONDS = 20
RESPAWN_SECONDS = 0.5
MOST_CONNECTIONS = 4096


class WebServer(MPServer):
    """Granian, saying goodbye to streams first."""

    stop_file: Path

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """Begin the graceful stop."""
        self.stop_file.touch()
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]


def main() -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in hand."""
    settings = Settings.from_env()
    with tempfile.TemporaryDirectory(prefix="nok-web-") as folder:
        stop_file = Path(folder) / "stopping"
        os.environ["NOK_STOP_FILE"] = str(stop_file)
        # One process: SQLite and a small machine gain nothing from more, and one subscription feeds all streams.
        server = WebServer(
            "wsgi:app",
            address=settings.host,
            port=settings.port,
            interface=Interfaces.WSGI,
            blocking_threads=settings.web_threads,
            # Connections, idle ones included, not requests: browsers keep several open between two clicks.
            backpressure=MOST_CONNECTIONS,
            backlog=MOST_CONNECTIONS,
            websockets=False,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            respawn_interval=RESPAWN_SECONDS,
            workers_kill_timeout=DRAIN_SECONDS,
            working_dir=Path(__file__).resolve().parents[2],
        )
        server.stop_file = stop_file
        server.serve()


if __name__ == "__main__":
    main()
