"""A mail as HTML says what its plain text says, and only our own addresses are links in it."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask

from nok.web.i18n import speaking_to
from nok.web.letters import Letter, letter

KINDS = sorted(path.stem for path in Path("templates/emails").glob("*.txt") if path.stem != "layout")
LINK, CHECK = "https://nok.example/here?a=1&b=2", "https://nok.example/verify/NK-1"
OFF = "https://nok.example/notifications/off/token"
VALUES = {
    "name": "Zhōu Měilín 周美琳",
    "provider": "Net of Knowledge",
    "contact": "help@nok.example",
    "course": "Needles & Safety <b>now</b>",
    "worksheet": "Case <i>one</i>",
    "asker": "Rita <i>Reader</i>",
    "where": "Needles & Safety <b>now</b>",
    "learner": "O'Neil",
    "by": "Dr. Test",
    "email": "new@clinic.example",
    "serial": "NK-1",
    "reason": "https://elsewhere.example/claim",
    "until": None,
    "link": LINK,
    "check": CHECK,
    "off": OFF,
}


def written(app: Flask, kind: str, **more: object) -> Letter:
    with app.app_context(), speaking_to("", ""):
        return letter(kind, **VALUES | more)


def words(html: str) -> str:
    """What is read of a page, in one line."""
    body = html.split("<body", 1)[1].split(">", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.mark.parametrize("kind", KINDS)
def test_the_two_say_the_same_and_the_link_has_words(kind: str, app: Flask) -> None:
    mail = written(app, kind)
    shown = words(mail.html)
    for line in mail.text.replace("--\n", "").splitlines():
        assert " ".join(line.split()) in shown, line
    assert shown.startswith(f"Net of Knowledge {mail.subject}")
    assert "<b>now" not in mail.html
    if LINK in mail.text:
        buttons = re.findall(r'<a href="([^"]+)"[^>]*text-decoration: none;">([^<]+)</a>', mail.html)
        assert len(buttons) == 1
        assert unescape(buttons[0][0]) == LINK
        assert not buttons[0][1].startswith("http"), "a button says what it does"


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_fetched_and_nothing_typed_becomes_a_link(kind: str, app: Flask) -> None:
    html = written(app, kind).html
    assert {unescape(found) for found in re.findall(r'(?:href|src)="([^"]+)"', html)} <= {LINK, CHECK, OFF}
    assert "<img" not in html
    assert "url(" not in html


def test_it_is_to_be_read_by_light_and_by_dark(app: Flask) -> None:
    html = written(app, "confirmation").html
    assert 'name="color-scheme" content="light dark"' in html
    dark = html.split("prefers-color-scheme: dark")[1].split("</style>")[0]
    for name in re.findall(r"\.([a-z]+)", dark):
        assert f'class="{name}' in html, name
