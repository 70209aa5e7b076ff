"""Sixteen clients on open connections, asking as fast as they are answered."""

import http.client
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

CLIENTS = 16
SECONDS = 4.0

Ask = Callable[[http.client.HTTPConnection], int]
"""Ask once on this connection, and return the status."""


def getting(path: str, cookie: str = "") -> Ask:
    """Return what asks for a page."""
    headers = {"Cookie": cookie} if cookie else {}

    def ask(connection: http.client.HTTPConnection) -> int:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status

    return ask


def per_second(port: int, clients: list[Ask], seconds: float = SECONDS) -> float:
    """Let each client ask again and again for a while; how many answers came each second."""
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(len(clients)) as pool:
        return sum(pool.map(lambda ask: _ask(port, ask, until), clients)) / seconds


def _ask(port: int, ask: Ask, until: float) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    count = 0
    while time.monotonic() < until:
        status = ask(connection)
        assert status == 200, status
        count += 1
    connection.close()
    return count
