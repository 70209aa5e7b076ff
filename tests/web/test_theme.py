"""Light or dark: what the server does with the choice."""

from collections.abc import Callable

import pytest

from tests.factories.world import World
from tests.pages import Browser

Enter = Callable[[str], Browser]


def choose(browser: Browser, theme: str, then: str = "/courses") -> None:
    answer = browser.submit(f"/theme?next={then}", {"theme": theme})
    assert (answer.status_code, answer.location) == (303, then)


def test_the_choice_stands_in_every_page_from_then_on(site: World, enter: Enter) -> None:
    guest = enter("anonymous")
    assert "data-theme=" not in guest.get("/courses").text
    choose(guest, "dark")
    for path in ("/courses", "/articles", "/account/login"):
        assert '<html lang="en" data-theme="dark">' in guest.get(path).text
    choose(guest, "system")
    assert "data-theme=" not in guest.get("/courses").text


@pytest.mark.parametrize("made_up", ["", "blue", '"><script>', "DARK"])
def test_a_cookie_of_anything_else_is_no_choice(made_up: str, site: World, enter: Enter) -> None:
    guest = enter("anonymous")
    guest.client.set_cookie("theme", made_up)
    assert "data-theme=" not in guest.get("/courses").text


def test_what_cannot_be_chosen_is_said_and_changes_nothing(site: World, enter: Enter) -> None:
    guest = enter("anonymous")
    choose(guest, "dark")
    assert guest.submit("/theme", {"theme": "blue"}).status_code == 422
    assert 'data-theme="dark"' in guest.get("/courses").text


def test_the_way_on_stays_at_home(site: World, enter: Enter) -> None:
    assert enter("anonymous").submit("/theme?next=//evil.example", {"theme": "dark"}).location == "/"
