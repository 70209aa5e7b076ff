"""Chinese characters are shown in the font that the site brings, wherever they stand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from nok.core.db import db
from tests.browser.windows import Window, wait_for
from tests.factories import people
from tests.faults.product import Product, inside

_LOADED = """() => [...document.fonts].some(
  (face) => face.family.includes("Noto Serif SC Variable") && face.status === "loaded")"""


def expect_hanzi(page: Page) -> None:
    """Wait for a slice of the Chinese font."""
    wait_for(page, lambda: bool(page.evaluate(_LOADED)), "the Chinese font")


def test_on_a_page_that_holds_them(window: Callable[..., Window]) -> None:
    page = window().tab("/courses")
    expect(page.locator("main")).to_contain_text("足三里")
    expect_hanzi(page)


def sheets(page: Page) -> list[str]:
    """Return which sheets of the Chinese font are linked, in their order."""
    return page.evaluate("""() => [...document.querySelectorAll("link[rel=stylesheet]")]
      .map((link) => link.href.match(/(field|hanzi)-/)?.[1]).filter(Boolean)""")


def test_the_long_list_of_slices_comes_only_for_characters_outside_the_field(window: Callable[..., Window]) -> None:
    page = window().tab("/courses")
    expect_hanzi(page)
    assert sheets(page) == ["field"]
    page.goto("/account/register")
    page.locator("#license_name").fill("足")
    wait_for(page, lambda: sheets(page) == ["field"], "the sheet of the field")
    page.locator("#license_name").fill("周美琳")
    wait_for(page, lambda: sheets(page) == ["hanzi", "field"], "the long list, before the sheet that wins")


@pytest.fixture
def plain(product: Product) -> str:
    """Someone whose name is written in Latin letters, and whose license is in Chinese characters."""
    email = "plain@test.example"
    with inside(product.settings):
        people.person(email, name="Mei Zhou").license_name = "周美琳"
        db.session.commit()
    return email


def test_in_the_fields_of_a_page(window: Callable[..., Window], plain: str) -> None:
    page = window().sign_in(plain, then="/account/profile")
    expect(page.locator("#license_name")).to_have_value("周美琳")
    expect_hanzi(page)


def test_while_they_are_typed(window: Callable[..., Window]) -> None:
    page = window().tab("/account/register")
    assert not page.evaluate(_LOADED)
    page.locator("#license_name").fill("周美琳")
    expect_hanzi(page)
