"""What the Nu HTML checker says of every kind of page as the server sends it, and of the style sheets."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.axe import ROLES
from bench.crawl import crawl, first_pages
from bench.figure import Figure
from bench.films import wait_for_films
from tests.browser.windows import CHROMIUM, SWITCHES, Window
from tests.faults.product import Product, inside, running

ROOT = Path(__file__).resolve().parents[1]
CHECKER = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
STYLES = ("main", "hanzi", "field")
UNKNOWN_YET = (
    ("Unrecognized at-rule “@container”", ""),
    ("Unrecognized at-rule “@view-transition”", ""),
    ("“container”: Property “container” doesn't exist.", ""),
    ("“container”: Parse Error.", ""),
    ("“view-transition-name”: Property", ""),
    ("“field-sizing”: Property", ""),
    ("Parse Error.", "light(nok-"),
)
"""Reviewed, as message and what stands there: what browsers know and the checker's style checker does not.

CSS Containment 3, CSS View Transitions 2, CSS Basic User Interface 4, CSS Custom Highlight API.
"""


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data", demo=True) as product:
        wait_for_films(product)
        pages = keep(product, folder / "pages")
    names = {file.name: told for file, told in pages.items()}
    html = [line for line in check(pages, names) if line.startswith("error")]
    yield Figure("pages read by the Nu HTML checker", len(pages), "")
    yield Figure("errors in HTML", len(html), "", most=0)
    sheets = {sheet: sheet.name for stem in STYLES for sheet in (ROOT / "static" / "build").glob(f"{stem}-*.css")}
    css = check(sheets, {sheet.name: name for sheet, name in sheets.items()}, "--css")
    yield Figure("errors in CSS beyond the reviewed list", len(css), "", most=0)


def keep(product: Product, folder: Path) -> dict[Path, str]:
    """Write every kind of page that each role finds as a file; what each file holds, by role and path."""
    folder.mkdir()
    kept: dict[Path, str] = {}
    with inside(product.settings) as app:
        routes = app.url_map.bind(app.name)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        for role, email in ROLES.items():
            window = Window(browser, product.address)
            page = window.sign_in(email) if email else window.tab()
            for _kind, path in crawl(page, product.address, first_pages(role), routes):
                file = folder / f"{len(kept):03}.html"
                file.write_bytes(page.context.request.get(product.address + path).body())
                kept[file] = f"{role} {path}"
            window.close()
        browser.close()
    return kept


def check(files: Mapping[Path, str], names: Mapping[str, str], *options: str) -> list[str]:
    """Return what the checker says, but for what it does not know yet; tell it at once."""
    java = shutil.which("java")
    if java is None:
        sys.exit("bench: the Nu HTML checker needs Java: as root, apt-get install default-jre-headless.")
    command = [java, "-Xss4m", "-jar", str(CHECKER), "--format", "json", "--stdout", "--exit-zero-always", *options]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, text=True, check=True)
    said = [
        " ".join([each.get("subType", each["type"]), place(each, names), each["message"]])
        for each in json.loads(done.stdout)["messages"]
        if not any(known in each["message"] and there in each.get("extract", "") for known, there in UNKNOWN_YET)
    ]
    for line in said:
        print(f"  {line}", file=sys.stderr)
    return said


def place(message: dict[str, Any], names: Mapping[str, str]) -> str:
    """Return what a message is about, and the line."""
    return f"{names[message['url'].rpartition('/')[2]]}:{message.get('lastLine', '')}"
