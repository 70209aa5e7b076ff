"""A contact sheet of every kind of page: by role, width and scheme, with plain and with very long names.

`python -m bench.shots FOLDER` (or `make shots`) writes the pictures and an index.html that shows them side by side.
Named roles make only theirs: `python -m bench.shots FOLDER guest long-student`.
"""

import html
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from bench.axe import ROLES
from bench.crawl import crawl, first_pages
from bench.films import wait_for_films
from tests.browser.windows import CHROMIUM, SWITCHES, Window
from tests.factories import longest
from tests.faults.product import Product, inside, running

WIDTHS = {390: 844, 820: 1180, 1440: 900}
SCHEMES = ("light", "dark")
LONG = "long-"
STRETCHED = "st-36-zu-san-li"


@dataclass(frozen=True)
class Shot:
    """One picture: what serves the page, its path, and the file beside the index."""

    kind: str
    path: str
    file: str


def main(folder: Path, roles: list[str]) -> int:
    """Take the pictures; return the exit code."""
    known = [*ROLES, *(LONG + role for role in ROLES)]
    unknown = [role for role in roles if role not in known]
    if unknown:
        print(f"shots: no role is called {', '.join(unknown)}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    wanted = roles or known
    with tempfile.TemporaryDirectory(prefix="nok-shots-") as data:
        Path(data).chmod(0o755)
        with running(Path(data) / "data", demo=True) as product, sync_playwright() as playwright:
            wait_for_films(product)
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
            taken = {role: list(take(browser, product, role, folder)) for role in wanted if not role.startswith(LONG)}
            with inside(product.settings):
                longest.stretch(STRETCHED)
            taken |= {role: list(take(browser, product, role, folder)) for role in wanted if role.startswith(LONG)}
            browser.close()
    (folder / "index.html").write_text(sheet(taken), encoding="utf-8")
    print(folder / "index.html")
    return 0


def take(browser: Browser, product: Product, role: str, folder: Path) -> Iterator[Shot]:
    """Photograph what a role sees, each page whole, as it is read when it has come to rest."""
    plain = role.removeprefix(LONG)
    (folder / role).mkdir(parents=True, exist_ok=True)
    with inside(product.settings) as app:
        routes = app.url_map.bind(app.name)
    for width, height in WIDTHS.items():
        window = Window(browser, product.address, viewport={"width": width, "height": height}, reduced_motion="reduce")
        email = ROLES[plain]
        page = window.sign_in(email) if email else window.tab()
        for number, (kind, path) in enumerate(crawl(page, product.address, begin(role), routes, of_each=1)):
            for scheme in SCHEMES:
                name = f"{role}/{number:02}-{kind}-{width}-{scheme}.png"
                photograph(page, scheme, folder / name)
                yield Shot(kind, path, name)
        window.close()


def begin(role: str) -> list[str]:
    """Return the pages to start from; with long names those that show them come first."""
    pages = first_pages(role.removeprefix(LONG))
    return [f"/courses/{STRETCHED}", *pages] if role.startswith(LONG) else pages


def photograph(page: Page, scheme: str, file: Path) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.screenshot(path=file, full_page=True)


def sheet(taken: dict[str, list[Shot]]) -> str:
    """Return the page that shows all pictures, those of one kind of page in a row."""
    rows = []
    for role, shots in taken.items():
        rows.append(f"<h2>{html.escape(role)}</h2>")
        for kind in dict.fromkeys(shot.kind for shot in shots):
            ours = [shot for shot in shots if shot.kind == kind]
            pictures = "".join(
                f'<a href="{shot.file}"><img src="{shot.file}" alt="" loading="lazy"></a>' for shot in ours
            )
            rows.append(f"<h3>{html.escape(f'{kind} {ours[0].path}')}</h3><div>{pictures}</div>")
    style = (
        "body{font:16px sans-serif;background:#888}div{display:flex;gap:8px}img{block-size:420px}div{overflow-x:auto}"
    )
    return f"<!doctype html><meta charset=utf-8><title>Contact sheet</title><style>{style}</style>{''.join(rows)}"


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("shots: say the folder for the pictures: python -m bench.shots FOLDER [ROLE ...]")
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
