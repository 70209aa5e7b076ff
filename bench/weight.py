"""What a page weighs as gzip: its scripts and styles, and the catalog's HTML with a full page of courses."""

import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, Request, sync_playwright

from bench.figure import Figure
from bench.films import wait_for_films
from bench.lighthouse import ARTICLE
from bench.pages import CATALOG
from nok.catalog.queries.listing import PAGE_SIZE
from nok.cli import demonstration
from tests.annotations.texts import english_texts
from tests.browser.windows import CHROMIUM, SWITCHES, Window
from tests.factories import courses
from tests.faults.product import Product, inside, running

FILM = "/learn/when-a-patient-faints/the-first-five-minutes"
KB = 1000


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data", demo=True) as product, sync_playwright() as playwright:
        wait_for_films(product)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = Window(browser, product.address).sign_in(demonstration.STUDENT)
        page.goto("/courses/when-a-patient-faints")
        page.get_by_role("button", name="Enroll").first.click()
        for what, path, most in (("article", ARTICLE, 40), ("catalog", CATALOG, 40), ("lesson with film", FILM, 60)):
            weight = sum(zipped(address) for address in code(page, path)) / KB
            yield Figure(f"scripts and styles, {what}", weight, "kB", most=most)
        browser.close()
        fill(product, folder)
        yield Figure(
            f"HTML of the catalog with {PAGE_SIZE} cards", zipped(product.address + CATALOG) / KB, "kB", most=8
        )


def code(page: Page, path: str) -> set[str]:
    """Return the addresses of the scripts and styles that a page fetches, hls.js apart."""
    found: set[str] = set()

    def note(request: Request) -> None:
        if request.resource_type in {"script", "stylesheet"} and "hls.light" not in request.url:
            found.add(request.url)

    page.goto("about:blank")  # what the page before is still fetching is not this one's
    page.on("request", note)
    page.goto(path)
    page.wait_for_load_state("networkidle" if path != FILM else "load")
    page.wait_for_timeout(1500)
    page.remove_listener("request", note)
    return found


def zipped(address: str) -> int:
    """Return how many bytes come for an address as gzip."""
    with urllib.request.urlopen(urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
        assert answer.headers["Content-Encoding"] == "gzip", address
        return len(answer.read())


def fill(product: Product, folder: Path) -> None:
    """Publish as many courses as a page of the catalog shows, each with words of its own."""
    sentences = [line for text in english_texts() for line in text.splitlines() if 80 < len(line) < 200]
    with inside(product.settings):
        for number in range(PAGE_SIZE):
            words = sentences[number * 3].replace('"', "")
            title = " ".join(re.findall(r"\w+", words)[:5])
            courses.published(
                folder, f"course-{number}", product.settings, title=title, texts=1, questions=0, summary=words
            )
