"""A client that reads the pages it gets as a picky person would."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

_VOID = {"br", "hr", "img", "input", "link", "meta", "source", "track", "area", "wbr"}


class Page(HTMLParser):
    """What matters of a page: title, headings, ids, forms, and whatever the security policy would block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.titles: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title" and "svg" not in self._open:
            self.titles.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def check_page(html: str) -> Page:
    """Fail on what no page of ours may have."""
    page = Page(html)
    assert len([title for title in page.titles if title]) == 1, "a page has one title"
    assert len(page.all("h1")) == 1, f"a page has one h1, not {len(page.all('h1'))}"
    assert len(page.all("main")) == 1, "a page has one main"
    ids = Counter(attributes["id"] for _, attributes in page.tags if attributes.get("id"))
    assert not [name for name, count in ids.items() if count > 1], "an id stands twice"
    for tag, attributes in page.tags:
        blocked = [name for name in attributes if name == "style" or name.startswith("on")]
        assert not blocked, f"the security policy blocks {blocked} on <{tag}>"
    for form in page.all("form"):
        if (form.get("method") or "get").lower() == "post":
            assert 'name="csrf_token"' in html, "a form that posts has a token"
    for picture in page.all("img"):
        assert picture.get("alt") is not None, f"a picture has an alt text: {picture.get('src')}"
    return page


def is_page(answer: TestResponse) -> bool:
    """Whether it is a page of ours: neither a redirect nor a document in a sandbox, such as a mail."""
    sandboxed = "sandbox" in answer.headers.get("Content-Security-Policy", "")
    return answer.mimetype == "text/html" and answer.status_code not in {301, 302, 303} and not sandboxed


def content(answer: TestResponse) -> Any:
    """Return the JSON of an answer."""
    assert answer.is_json, answer.text[:500]
    return answer.json


class Browser:
    """A test client that checks each page, and fills in forms with their token."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, path: str, expect: int = 200, **options: Any) -> TestResponse:
        """Open a page; it must answer as expected and be well made."""
        answer = self.client.get(path, **options)
        assert answer.status_code == expect, f"{path} answered {answer.status_code}: {answer.text[:2000]}"
        if is_page(answer):
            check_page(answer.text)
        return answer

    def token(self, path: str = "/account/login") -> str:
        """Return a CSRF token of this browser's session."""
        found = re.search(r'name="csrf(?:_|-)token"[^>]*(?:value|content)="([^"]+)"', self.client.get(path).text)
        assert found, f"no token on {path}"
        return found.group(1)

    def submit(
        self, path: str, fields: dict[str, Any] | None = None, *, token_from: str = "/account/login"
    ) -> TestResponse:
        """Send a form with its token."""
        answer = self.client.post(path, data={"csrf_token": self.token(token_from)} | (fields or {}))
        if answer.mimetype == "text/html" and answer.status_code >= 400:
            check_page(answer.text)
        return answer

    def send_json(self, path: str, body: Any, method: str = "POST", version: str = "*", slug: str = "") -> TestResponse:
        """Send JSON as the page's scripts do; what is changed or deleted, in the version that they know."""
        headers = {"X-CSRFToken": self.token()} | ({"Slug": slug} if method == "POST" else {"If-Match": version})
        return self.client.open(path, method=method, json=body, headers=headers)
