"""Light or dark, at the foot of each page."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.windows import Window

CANVAS = {"light": "oklch(0.985 0.006 95)", "dark": "oklch(0.19 0.014 175)"}


def canvas(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_choice_is_seen_at_once_and_kept(window: Callable[..., Window]) -> None:
    page = window(color_scheme="light").tab("/courses")
    assert canvas(page) == CANVAS["light"]
    dark = page.get_by_role("group", name="Theme").get_by_role("button", name="Dark")
    dark.focus()
    page.keyboard.press("Enter")
    assert canvas(page) == CANVAS["dark"]
    expect(dark).to_have_attribute("aria-pressed", "true")
    expect(dark).to_be_focused()
    page.goto("/articles")
    assert 'data-theme="dark"' in page.context.request.get("/articles").text(), "the server writes it: nothing flashes"
    assert canvas(page) == CANVAS["dark"]
    page.get_by_role("group", name="Theme").get_by_role("button", name="As my device says").click()
    assert canvas(page) == CANVAS["light"]
    page.reload()
    assert canvas(page) == CANVAS["light"]


def test_without_scripts_there_is_a_page_for_it(window: Callable[..., Window]) -> None:
    page = window(java_script_enabled=False, color_scheme="light").tab("/courses")
    page.get_by_role("link", name="Light or dark").click()
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("button", name="Keep this").click()
    assert 'data-theme="dark"' in page.content()
