"""Memory of the whole product after it has worked a little and rests again."""

import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.films import wait_for_films
from tests.faults.product import running
from tests.faults.visitor import Visitor
from tests.servers import wait_until

PAGES = ("/", "/courses", "/courses/microneedling-for-acupuncturists", "/articles", "/learn", "/certificates")
REST_SECONDS = 5
MIB = 2**20


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data", demo=True) as product:
        visitor = Visitor(product.address)
        visitor.sign_in("student@demo.example")
        for page in PAGES:
            visitor.get(page)
        # The demo's certificate and its films: then every part has done its work once.
        wait_until(lambda: "Download PDF" in visitor.get("/certificates").text, "the demo's certificate", 120)
        wait_for_films(product)
        time.sleep(REST_SECONDS)
        proportional, resident = product.memory()
        count = len(product.processes())
    yield Figure(f"idle memory of {count} processes (PSS)", proportional / MIB, "MiB", 400)
    yield Figure("the same, shared pages counted in each (RSS)", resident / MIB, "MiB")
