"""From the last gate to the certificate and the word of it, on an idle worker."""

import http.client
import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from bench.figure import Figure, percentile
from nok.accounts.models import Role
from tests.factories import courses
from tests.factories import people as persons
from tests.faults.learners import add_people, right_answers
from tests.faults.product import Product, inside, running
from tests.faults.visitor import Visitor

SLUG = "needle-safety"
RUNS = 24
WAIT_SECONDS = 30


class Ear(Thread):
    """An open stream; notes when the word of the certificate arrives."""

    def __init__(self, product: Product, cookie: str) -> None:
        super().__init__(daemon=True)
        self.heard = 0.0
        self._connection = http.client.HTTPConnection(urlsplit(product.address).netloc, timeout=WAIT_SECONDS)
        self._connection.request("GET", "/events", headers={"Cookie": cookie, "Accept": "text/event-stream"})
        self._stream = self._connection.getresponse()

    def run(self) -> None:
        """Listen until it is said."""
        while line := self._stream.readline():
            if b"certificate_ready" in line:
                self.heard = time.monotonic()
                break
        self._connection.close()


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data") as product:
        with inside(product.settings):
            persons.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
            courses.published(folder, SLUG, product.settings, texts=1, questions=10)
        answers = right_answers(product.settings)
        taken = [once(product, email, answers) for email in add_people(product.settings, RUNS + 1)]
    first, warm = taken[0], taken[1:]
    yield Figure("last gate to certificate, first of a new worker", first[0], "s")
    yield Figure(f"last gate to certificate, median of {RUNS}", percentile([seconds for seconds, _ in warm], 50), "s")
    yield Figure(f"last gate to certificate, p95 of {RUNS}", percentile([seconds for seconds, _ in warm], 95), "s", 2)
    yield Figure(
        f"certificate to the event in the page, p95 of {RUNS}", percentile([told for _, told in warm], 95), "s", 1
    )


def once(product: Product, email: str, answers: dict[str, list[str]]) -> tuple[float, float]:
    """Complete the course; seconds from handing in to the PDF, and from the PDF to the event."""
    visitor = Visitor(product.address)
    visitor.sign_in(email)
    visitor.post(f"/courses/{SLUG}/enroll")
    visitor.post(f"/learn/{SLUG}/reading-1/complete")
    visitor.post(f"/learn/{SLUG}/final-test/attempts")
    ear = Ear(product, visitor.cookie)
    ear.start()
    time.sleep(0.3)
    handed_in = time.monotonic()
    assert visitor.post(f"/learn/{SLUG}/final-test/attempts/1", answers).status == 303
    there = wait_for_pdf(visitor)
    ear.join(WAIT_SECONDS)
    assert ear.heard, "the event did not arrive"
    return there - handed_in, max(0.0, ear.heard - there)


def wait_for_pdf(visitor: Visitor) -> float:
    """Look until the certificate can be downloaded; return when it was."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        found = re.search(r'href="(/certificates/[\w-]+\.pdf)"', visitor.get("/certificates").text)
        if found and visitor.get(found[1]).body.startswith(b"%PDF-"):
            return time.monotonic()
        time.sleep(0.02)
    raise TimeoutError("no certificate")
