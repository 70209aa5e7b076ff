"""What browsers may fetch before it is asked for."""

import json
import re
from collections.abc import Callable

import pytest

from nok.web import ahead
from tests.factories.world import World
from tests.pages import Browser

ALONE = ("/account", "/admin", "/studio", "/certificates", "/notifications", "/licenses", "/learn", "leave", "/api")
WRITTEN = re.compile(r'<script type="speculationrules">(.*?)</script>', re.DOTALL)


@pytest.mark.parametrize("role", ["anonymous", "student"])
def test_pages_hold_rules_that_the_policy_lets_through_and_that_leave_private_pages_alone(
    role: str, site: World, enter: Callable[[str], Browser]
) -> None:
    page = enter(role).get("/courses")
    (written,) = WRITTEN.findall(page.text)
    assert written == ahead.RULES, "another character, and its hash is another one"
    assert f"'{ahead.HASH}'" in page.headers["Content-Security-Policy"]
    (rule,) = json.loads(written)["prefetch"]
    pages = rule["where"]["and"][0]["href_matches"]
    assert pages
    assert not [path for path in pages if any(part in path for part in ALONE) or "*" in path]


def test_nothing_is_fetched_ahead_from_a_lesson(site: World, enter: Callable[[str], Browser]) -> None:
    assert not WRITTEN.search(enter("student").get(f"/learn/{site.course}/watching").text)
