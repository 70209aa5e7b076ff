"""Every kind of page that a person can reach by links, found as they would find it."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

OF_EACH = 3
"""So many pages of one kind: a course with a test is not the course with a worksheet."""
NO_PAGES = frozenset({"static", "catalog.robots", "catalog.sitemap", "catalog.feed", "certificates.verify_json"})
FILES = ("file", "picture", "pdf", "media", "captions", "cover")
NOWHERE = "error"
"""What stands for the endpoint of a page that is not there, which is looked at where it is asked for."""
BEGIN = ["/", "/no-such-page", "/theme", "/offline", "/dev/components"]
SIGNED_IN = ["/learn", "/studio", "/admin"]


def first_pages(role: str) -> list[str]:
    """Return the paths from which a role finds all others."""
    return BEGIN if role == "guest" else [*BEGIN, *SIGNED_IN]


def crawl(
    page: Page, address: str, begin: list[str], routes: MapAdapter, of_each: int = OF_EACH
) -> Iterator[tuple[str, str]]:
    """Open each page that the tab reaches from the paths `begin`; yield its endpoint and path while it is open."""
    waiting, seen, kinds = deque(begin), set(begin), Counter[str]()
    while waiting:
        path = waiting.popleft()
        kind = endpoint(routes, path) or (NOWHERE if path in begin else None)
        if kind is None or kinds[kind] >= of_each:
            continue
        kinds[kind] += 1
        page.goto(address + path)
        yield kind, path
        for target in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            parts = urlsplit(target)
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            if target.startswith(address + "/") and path not in seen:
                seen.add(path)
                waiting.append(path)


def endpoint(routes: MapAdapter, path: str) -> str | None:
    """Return what serves the page of a path; None where there is a file, or nothing."""
    try:
        name: str = routes.match(urlsplit(path).path, method="GET")[0]
    except HTTPException:
        return None
    return None if name in NO_PAGES or name.rsplit(".", maxsplit=1)[-1].endswith(FILES) else name
