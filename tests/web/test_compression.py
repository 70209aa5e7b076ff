"""Smaller answers for whoever can read them."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
from flask import Flask, url_for

from nok.web.assets import asset
from tests.factories.world import World
from tests.pages import Browser

Enter = Callable[[str], Browser]
UNPACK: dict[str, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, "": lambda data: data}


@pytest.mark.parametrize(
    ("accepted", "chosen"), [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("identity", ""), (None, "")]
)
@pytest.mark.parametrize("role", ["anonymous", "student"])
def test_a_page_comes_in_the_form_that_the_browser_reads(
    accepted: str | None, chosen: str, role: str, site: World, enter: Enter
) -> None:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    answer = enter(role).client.get("/courses", headers=headers)
    assert answer.headers.get("Content-Encoding", "") == chosen
    assert b"Needle Safety" in UNPACK[chosen](answer.data)
    varied = ",".join(answer.headers.getlist("Vary"))
    assert "Cookie" in varied
    assert "Accept-Encoding" in varied, "a cache between keeps one of each"
    if chosen:
        assert len(answer.data) < len(UNPACK[chosen](answer.data)) / 2


def test_a_live_stream_is_not_held_back_to_be_compressed(site: World, enter: Enter) -> None:
    stream = enter("student").client.get("/events", headers={"Accept-Encoding": "br, gzip"})
    assert "Content-Encoding" not in stream.headers
    first: Any = next(iter(stream.response))
    assert b"retry:" in first
    stream.close()


@pytest.mark.parametrize("name", ["main.css", "main.js", "player.js"])
@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_built_files_were_compressed_when_they_were_built(name: str, encoding: str, app: Flask, guest: Browser) -> None:
    with app.test_request_context():
        address = asset(name)
    built = Path(app.static_folder or "") / "build" / Path(address).name
    with guest.client.get(address, headers={"Accept-Encoding": encoding}) as answer:
        assert answer.headers.get("Content-Encoding", "") == encoding
        assert UNPACK[encoding](answer.data) == built.read_bytes()
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Accept-Encoding" in answer.headers["Vary"]


def test_no_other_file_is_served_from_beside_the_built_ones(app: Flask, guest: Browser) -> None:
    with app.test_request_context():
        folder = url_for("static", filename="build/")
    for path in ("../css/main.css", "..%2f..%2fnok%2fapp.py", "../../nok/app.py", "%2e%2e/%2e%2e/nok/app.py"):
        with guest.client.get(folder + path) as answer:
            assert answer.status_code in {200, 404}
            assert b"create_app" not in answer.data


def test_what_the_poll_had_already_is_not_sent_again(site: World, enter: Enter) -> None:
    student = enter("student")
    headers = {"Accept-Encoding": "gzip"}
    first = student.client.get("/notifications/unread.json", headers=headers)
    again = student.client.get("/notifications/unread.json", headers=headers | {"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_a_built_file_whose_name_does_not_change_is_asked_for_again(app: Flask, guest: Browser) -> None:
    with guest.client.get("/static/build/manifest.json") as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
