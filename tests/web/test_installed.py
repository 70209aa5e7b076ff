"""The site as an app: what the phone is told, and what stands there without a network."""

import re
from collections.abc import Callable

from flask import Flask

from tests.factories import world
from tests.factories.world import World
from tests.pages import Browser, check_page, content


def test_the_manifest_names_pages_and_icons_that_are_there(app: Flask, site: World, guest: Browser) -> None:
    page = guest.get("/")
    link = re.search(r'<link rel="manifest" href="([^"]+)"', page.text)
    assert link
    told = content(guest.client.get(link[1]))
    assert guest.client.get(link[1]).mimetype == "application/manifest+json"
    assert told["name"]
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} >= {
        ("192x192", "any"), ("512x512", "any"), ("512x512", "maskable"),
    }  # fmt: skip
    for icon in told["icons"]:
        with guest.client.get(icon["src"]) as answer:
            assert answer.mimetype == "image/png"
    for address in [told["start_url"], *(shortcut["url"] for shortcut in told["shortcuts"])]:
        assert guest.client.get(address).status_code in {200, 302, 303}


def test_the_worker_keeps_the_shell_and_the_offline_page_and_nothing_else(site: World, guest: Browser) -> None:
    answer = guest.get("/service-worker.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache", "a new build must reach the browsers"
    shell = re.match(r'const SHELL = \{"offline": "([^"]+)", "files": \[([^\]]+)\]\};', answer.text)
    assert shell
    for address in re.findall(r'"([^"]+)"', shell[2]):
        assert address.startswith("/static/build/")
        with guest.client.get(address) as kept:
            assert kept.status_code == 200, address
    assert guest.get(shell[1]).status_code == 200


def test_the_offline_page_knows_nobody_and_needs_only_the_shell(site: World, enter: Callable[[str], Browser]) -> None:
    student = enter("student")
    answer = student.get("/offline")
    page = check_page(answer.text)
    assert "csrf" not in answer.text
    assert world.NAME not in answer.text
    worker = student.get("/service-worker.js").text
    needed = [tag["href"] for tag in page.all("link") if tag.get("rel") != "canonical"]
    needed += [tag["src"] for tag in page.all("script")]
    assert needed
    assert all(str(address) in worker for address in needed)
