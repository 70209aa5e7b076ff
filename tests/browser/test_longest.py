"""The longest names that anyone can have: nothing sticks out for them either."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.test_screens import look
from tests.browser.windows import Window
from tests.factories import longest
from tests.faults.product import Product, inside, running

COURSE = "st-36-zu-san-li"
PAGES = ["/", "/courses", f"/courses/{COURSE}", "/teachers/jianwen-he", "/search?q=zu+san+li"]
MEMBER = ["/learn", f"/learn/{COURSE}/where-it-lies", f"/courses/{COURSE}/leave", "/notifications", "/certificates",
          "/account/profile"]  # fmt: skip
OPERATOR = ["/admin/people", "/admin/courses", "/admin/enrollments", "/admin/certificates", "/admin/audit", "/studio",
            f"/studio/courses/{COURSE}/people"]  # fmt: skip


@pytest.fixture(scope="module")
def stretched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product of its own: its names would be strange to the other tests."""
    with running(tmp_path_factory.mktemp("longest") / "data", demo=True) as product:
        with inside(product.settings):
            longest.stretch(COURSE)
        yield product


@pytest.mark.parametrize(
    ("email", "paths"),
    [("", PAGES), ("student@demo.example", [*PAGES, *MEMBER]), ("admin@demo.example", OPERATOR)],
    ids=["guest", "student", "operator"],
)
def test_nothing_sticks_out(stretched: Product, chromium: Browser, email: str, paths: list[str]) -> None:
    window = Window(chromium, stretched.address)
    page = window.sign_in(email) if email else window.tab()
    assert look(page, paths) == []
    assert window.close() == []
