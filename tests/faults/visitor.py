"""A person at a browser without scripts: cookies, forms, nothing else. Built for many at once."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from http.cookiejar import CookieJar
from typing import Any

from tests.factories.people import PASSWORD

LOST = (OSError, HTTPException)
"""What a request raises when the answer did not arrive: nobody can tell whether it was carried out."""


@dataclass(frozen=True)
class Answer:
    """What came back; redirects are not followed."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


class _AsItIs(urllib.request.HTTPErrorProcessor):
    """Gives back every answer, whatever its status."""

    def http_response(self, request: urllib.request.Request, response: HTTPResponse) -> HTTPResponse:  # noqa: ARG002
        return response


class Visitor:
    """One session with the site at `address`."""

    def __init__(self, address: str, *, seconds: float = 30) -> None:
        self._address = address
        self._seconds = seconds
        self._token = ""
        self._jar = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self._jar), _AsItIs()
        )

    @property
    def cookie(self) -> str:
        """The session, as a header carries it."""
        return "; ".join(f"{each.name}={each.value}" for each in self._jar)

    @property
    def token(self) -> str:
        """The session's token, as scripts send it."""
        self.use_token()
        return self._token

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._send(urllib.request.Request(self._address + path, headers=headers or {}))

    def post(self, path: str, fields: dict[str, Any] | None = None) -> Answer:
        """Send a form with the session's token."""
        self.use_token()
        body = urllib.parse.urlencode({"csrf_token": self._token} | (fields or {}), doseq=True).encode()
        return self._send(urllib.request.Request(self._address + path, data=body))

    def send_json(self, path: str, body: Any) -> Answer:
        """Send JSON as the page's scripts do."""
        self.use_token()
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._token}
        request = urllib.request.Request(self._address + path, data=json.dumps(body).encode(), headers=headers)
        return self._send(request)

    def use_token(self) -> None:
        """Fetch the session's token, once, as opening the page with the form would."""
        if self._token:
            return
        found = re.search(r'name="csrf[_-]token"[^>]*(?:value|content)="([^"]+)"', self.get("/account/login").text)
        if found is None:
            raise HTTPException("no token on the sign-in page")
        self._token = found.group(1)

    def sign_in(self, email: str) -> None:
        answer = self.try_to_sign_in(email)
        assert answer.status == 303, answer.text[:2000]

    def try_to_sign_in(self, email: str) -> Answer:
        answer = self.post("/account/login", {"email": email, "password": PASSWORD})
        self._token = ""  # the session begins anew
        return answer

    def _send(self, request: urllib.request.Request) -> Answer:
        with self._opener.open(request, timeout=self._seconds) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, response.read(), headers)
