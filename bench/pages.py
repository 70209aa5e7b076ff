"""Pages per second of the catalog, as a share of what a bare view on the same server and database gives."""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure
from bench.films import wait_for_films
from tests.faults.product import Product, running
from tests.servers import free_port, wait_until

PATH = "/courses"
SECONDS = 4.0
ROUNDS = 3
CLIENTS = 16


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data", demo=True) as product:
        wait_for_films(product)
        size = len(page(product.port))
        with bare(product, size) as port:
            assert abs(len(page(port)) - size) <= size / 100
            cookie = session(product.port)
            ours, anew, least = [], [], []
            for _ in range(ROUNDS):  # in turn, so that a busy moment of the machine hits all
                ours.append(per_second(product.port))
                least.append(per_second(port))
                anew.append(per_second(product.port, cookie))
    rate = statistics.median(least)
    yield Figure(f"catalog, pages per second ({CLIENTS} clients)", statistics.median(ours), "1/s")
    yield Figure("bare view, pages per second", rate, "1/s")
    yield Figure("bare over catalog, guests", rate / statistics.median(ours), "times", 2)
    yield Figure("bare over catalog, each page made anew", rate / statistics.median(anew), "times")


@contextmanager
def bare(product: Product, size: int) -> Iterator[int]:
    """Run the bare view on the product's database; its port."""
    port = free_port()
    told = {"NOK_DATABASE_URL": product.settings.database_url, "BENCH_BYTES": str(size), "PORT": str(port)}
    server = subprocess.Popen([sys.executable, "-m", "bench.bare"], env=os.environ | told, start_new_session=True)
    try:
        wait_until(lambda: _up(port), "the bare view", 30)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def session(port: int) -> dict[str, str]:
    """Return the headers of a guest who has a session, for whom no kept page will do."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/account/login")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return {"Cookie": (answer.headers["Set-Cookie"] or "").partition(";")[0]}


def page(port: int) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", PATH)
    body = connection.getresponse().read()
    connection.close()
    return body


def per_second(port: int, headers: Mapping[str, str] | None = None) -> float:
    """Ask for the page over open connections for a while; how many came each second."""
    until = time.monotonic() + SECONDS
    with ThreadPoolExecutor(CLIENTS) as pool:
        return sum(pool.map(lambda _: _ask(port, until, headers or {}), range(CLIENTS))) / SECONDS


def _ask(port: int, until: float, headers: Mapping[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    count = 0
    while time.monotonic() < until:
        connection.request("GET", PATH, headers=dict(headers))
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200
        count += 1
    connection.close()
    return count


def _up(port: int) -> bool:
    try:
        return bool(page(port))
    except OSError:
        return False
