"""What axe-core finds on every kind of page: each role, light and dark, on a phone and on a desk."""

import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

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
                count, violations = audit(page, product, role, width)
                window.close()
                yield Figure(f"pages seen by axe, {role}, {width} px, light and dark", count, "")
                yield Figure(f"violations, {role}, {width} px", violations, "", most=0)
        browser.close()


def audit(page: Page, product: Product, role: str, width: int) -> tuple[int, int]:
    """Return how many pages were looked at, and what was found on them, which is also told at once."""
    count, violations = 0, 0
    with inside(product.settings) as app:
        routes = app.url_map.bind(app.name)
    for kind, path in crawl(page, product.address, first_pages(role), routes):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            found = page.evaluate(FOUND, TAGS)
            count += 1
            violations += len(found)
            for line in found:
                print(f"  {role} {width} {scheme} {kind} {path}\n    {line}", file=sys.stderr)
    return count, violations
