"""The whole product as its processes: `nok serve`, started, watched and stopped as an operator would."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from flask import Flask

from nok.app import create_app
from nok.core.broker import courier
from nok.core.db import begin_writing, db
from nok.settings import Settings
from tests.servers import free_port, wait_until

PARTS = {
    "broker": "valkey-server",
    "web": "web_server",
    "worker": "default,mail",
    "media worker": "--queues media",
}
START_SECONDS = 120
PART_SECONDS = 40


class Product:
    """One installation in a folder of its own, on a port of its own."""

    def __init__(self, folder: Path, *, demo: bool = False, environment: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._demo = demo
        self._process: subprocess.Popen[bytes] | None = None
        self._environment = {
            "NOK_DATA_DIR": str(folder),
            "NOK_BASE_URL": self.address,
            "PORT": str(self.port),
            **(environment or {}),
        }

    @property
    def settings(self) -> Settings:
        """What the processes were told."""
        return Settings.from_env(self._environment)

    def start(self) -> float:
        """Start everything; return the seconds until the first page."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "nok.cli", "serve", *(["--demo"] if self._demo else [])]
        plain = {name: value for name, value in os.environ.items() if not name.startswith("NOK_")}
        begun = time.monotonic()
        with self._log_file.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=plain | self._environment, stdout=log, stderr=log, start_new_session=True
            )
        wait_until(self._serves_or_failed, "the first page", START_SECONDS)
        return time.monotonic() - begun

    def stop(self, seconds: float = 40) -> None:
        """Ask it to stop, as Ctrl-C does; fail when it does not, or when something is left behind."""
        supervisor = self._supervisor()
        supervisor.send_signal(signal.SIGTERM)
        try:
            status = supervisor.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill_all()
            raise AssertionError(f"nok serve did not stop within {seconds} s:\n{self.log()[-4000:]}") from None
        left = [" ".join(process.cmdline())[:120] for process in self.processes()]
        self.kill_all()
        assert not left, f"left behind: {left}"
        assert status == 0, f"nok serve ended with {status}:\n{self.log()[-4000:]}"

    def kill_supervisor(self) -> None:
        """End the supervisor as the kernel does when memory runs out."""
        self._supervisor().kill()
        self._supervisor().wait(10)

    def kill_all(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)
        for process in self.processes():
            process.kill()

    def part(self, name: str) -> psutil.Process:
        """One of the supervisor's own children; waits until it is there."""
        deadline = time.monotonic() + PART_SECONDS
        while time.monotonic() < deadline:
            for process in self._find(name):
                return process
            time.sleep(0.02)
        raise AssertionError(f"there is no {name}:\n{self.log()[-4000:]}")

    def kill(self, name: str, *, children: bool = False) -> int:
        """Kill a part with -9, its own process alone or its children with it; return its id."""
        process = self.part(name)
        for child in process.children(recursive=True) if children else []:
            child.kill()
        process.kill()
        return int(process.pid)

    def processes(self) -> list[psutil.Process]:
        """Every process that was started for this folder, whoever its parent is now."""
        found = []
        for process in psutil.process_iter():
            try:
                ours = process.environ().get("NOK_DATA_DIR") == str(self.folder)
                if ours and process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found

    def memory(self) -> tuple[int, int]:
        """Proportional and resident bytes of all its processes."""
        used = [process.memory_full_info() for process in self.processes()]
        return sum(each.pss for each in used), sum(each.rss for each in used)

    def log(self) -> str:
        """What it said so far."""
        return self._log_file.read_text(errors="replace")

    @property
    def _log_file(self) -> Path:
        return self.folder / "serve.log"

    def _supervisor(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "it was not started"
        return self._process

    def _find(self, name: str) -> Iterator[psutil.Process]:
        for process in psutil.Process(self._supervisor().pid).children():
            with suppress(psutil.Error):
                if PARTS[name] in " ".join(process.cmdline()):
                    yield process

    def _serves_or_failed(self) -> bool:
        ended = self._supervisor().poll()
        assert ended is None, f"nok serve ended with {ended}:\n{self.log()[-4000:]}"
        return serves(self.address)


def serves(address: str) -> bool:
    """Whether the first page answers."""
    try:
        with urllib.request.urlopen(f"{address}/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def running(folder: Path, *, demo: bool = False, environment: Mapping[str, str] | None = None) -> Iterator[Product]:
    """Run the product for the length of the block; the end of the block stops it and looks for what is left."""
    product = Product(folder, demo=demo, environment=environment)
    try:
        product.start()
        yield product
        product.stop()
    finally:
        product.kill_all()


@contextmanager
def inside(settings: Settings) -> Iterator[Flask]:
    """The application over the data of an installation, in this process: to prepare, to raise an event, to count."""
    before = courier._settings
    app = create_app(settings)
    begin_writing()
    try:
        with app.app_context():
            try:
                yield app
            finally:
                db.session.remove()
                db.engine.dispose()
    finally:
        courier.flush(5)  # what was told here must reach this installation's broker
        if before is not None:
            courier.configure(before)
