"""What browsers may fetch before it is asked for."""

from collections.abc import Callable

import pytest

from tests.factories.world import World
from tests.pages import Browser, content

ALONE = ("/account", "/admin", "/studio", "/certificates", "/notifications", "/licenses", "/learn", "leave", "/api")


@pytest.mark.parametrize("role", ["anonymous", "student"])
def test_pages_name_the_rules_and_the_rules_leave_private_pages_alone(
    role: str, site: World, enter: Callable[[str], Browser]
) -> None:
    browser = enter(role)
    address = browser.get("/courses").headers["Speculation-Rules"].strip('"')
    answer = browser.client.get(address)
    assert answer.mimetype == "application/speculationrules+json", "browsers take no other"
    (rule,) = content(answer)["prefetch"]
    pages = rule["where"]["and"][0]["href_matches"]
    assert pages
    assert not [path for path in pages if any(part in path for part in ALONE) or "*" in path]


def test_what_is_no_page_names_none(site: World, enter: Callable[[str], Browser]) -> None:
    guest = enter("anonymous")
    assert "Speculation-Rules" not in guest.get("/no-such-page", expect=404).headers
    assert "Speculation-Rules" not in guest.client.get("/healthz").headers
