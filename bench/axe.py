"""What axe-core finds on every page and on what opens over it: each role, light and dark, on a phone and a desk."""

import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench import opened
from bench.crawl import crawl, first_pages
from bench.figure import Figure
from bench.films import wait_for_films
from nok.cli import demonstration
from tests.browser.windows import CHROMIUM, SWITCHES, Window
from tests.faults.product import Product, inside, running

AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROLES = {
    "guest": None,
    "student": demonstration.STUDENT,
    "teacher": "teacher@demo.example",
    "operator": "admin@demo.example",
}
WIDTHS = {390: 844, 1440: 900}
FOUND = """(tags) => axe.run(document, { runOnly: { type: "tag", values: tags } }).then((result) =>
  result.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`)))"""


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data", demo=True) as product, sync_playwright() as playwright:
        wait_for_films(product)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for role, email in ROLES.items():
            for width, height in WIDTHS.items():
                window = Window(browser, product.address, viewport={"width": width, "height": height})
                page = window.sign_in(email) if email else window.tab()
                count, violations = audit(page, f"{role} {width}", states(page, product, role, width))
                window.close()
                yield Figure(f"pages seen by axe, {role}, {width} px, light and dark", count, "")
                yield Figure(f"violations, {role}, {width} px", violations, "", most=0)
        browser.close()


def states(page: Page, product: Product, role: str, width: int) -> Iterator[str]:
    """Show every kind of page that a role can reach, then what opens over pages; yield what is to be seen."""
    with inside(product.settings) as app:
        routes = app.url_map.bind(app.name)
    for kind, path in crawl(page, product.address, first_pages(role), routes):
        yield f"{kind} {path}"
    yield from opened.anyones(page, width)
    if role == "student":
        yield from opened.learners(page, width)


def audit(page: Page, who: str, shown: Iterator[str]) -> tuple[int, int]:
    """Return how many pages and open things were looked at, and what was found there, which is also told at once."""
    count, violations = 0, 0
    for what in shown:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate(FOUND, TAGS)
            count += 1
            violations += len(found)
            for line in found:
                print(f"  {who} {scheme} {what}\n    {line}", file=sys.stderr)
    return count, violations
