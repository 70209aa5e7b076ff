"""The teachers' first page: what waits, and the courses whose people they look after."""

from collections.abc import Callable

import pytest

from tests.factories.stage import app, enter, site, stage
from tests.factories.world import World
from tests.pages import Browser

__all__ = ["app", "enter", "site", "stage"]


@pytest.mark.parametrize("role", ["teacher", "operator"])
def test_it_says_what_waits_and_leads_on(role: str, site: World, enter: Callable[[str], Browser]) -> None:
    page = enter(role).get("/studio").text
    assert "<h1>Studio</h1>" in page
    assert '<a href="/studio/worksheets">1 worksheet waits for you.</a>' in page
    for course in (site.course, site.open_course, site.practice):
        assert f"/studio/courses/{course}/people" in page


def test_the_account_menu_leads_there(site: World, enter: Callable[[str], Browser]) -> None:
    teacher, student = enter("teacher").get("/").text, enter("student").get("/").text
    for address in ('href="/studio"', 'href="/studio/worksheets"'):
        assert address in teacher
        assert address not in student


def test_it_stands_at_one_address(site: World, enter: Callable[[str], Browser]) -> None:
    enter("teacher").get("/studio/courses", expect=404)
