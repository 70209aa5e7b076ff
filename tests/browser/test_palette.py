"""Search from anywhere, by keys alone; and by its page where there are no scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.windows import Window, expect_heading, focus_shows


def opened(page: Page) -> None:
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    expect(page.locator("#palette-q")).to_be_focused()


def test_a_point_is_found_and_opened_without_a_mouse(window: Callable[..., Window]) -> None:
    page = window().tab("/")
    page.keyboard.press("Control+k")
    opened(page)
    page.keyboard.type("zusanli")
    expect(page.get_by_role("status").filter(has_text="results for")).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("heading", name="Courses")).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert focus_shows(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/courses/st-36-zu-san-li")


def test_escape_leads_back_to_where_one_was(window: Callable[..., Window]) -> None:
    page = window().tab("/courses")
    page.get_by_role("link", name="Articles").first.focus()
    page.keyboard.press("/")
    opened(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Articles").first).to_be_focused()
    page.keyboard.press("/")
    opened(page)
    page.keyboard.type("needle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=needle")


def test_the_single_key_can_be_turned_off_and_is_a_letter_where_one_writes(window: Callable[..., Window]) -> None:
    page = window().tab("/courses")
    field = page.get_by_role("searchbox").first
    field.press_sequentially("a/b")
    expect(field).to_have_value("a/b")
    page.get_by_role("link", name="Search").click()
    opened(page)
    page.get_by_role("checkbox", name="The key / opens this").uncheck()
    page.keyboard.press("Escape")
    page.goto("/articles")
    page.keyboard.press("/")
    page.wait_for_timeout(500)
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    opened(page)
    expect(page.get_by_role("checkbox", name="The key / opens this")).not_to_be_checked()


def test_a_search_that_fails_says_so_and_leaves_the_page_as_it_is(window: Callable[..., Window], learner: str) -> None:
    person = window()
    person.expect_complaint("ERR_FAILED|Failed to fetch")
    page = person.sign_in(learner, then="/account/profile")
    page.get_by_label("Name", exact=False).first.fill("Typed and not saved")
    page.keyboard.press("Control+k")
    opened(page)
    page.route("**/search?*", lambda route: route.abort())
    page.keyboard.type("needle")
    expect(page.get_by_role("dialog").get_by_text("The search does not answer")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith("/account/profile")
    expect(page.get_by_label("Name", exact=False).first).to_have_value("Typed and not saved")


def test_results_that_come_late_take_the_focus_from_nobody(window: Callable[..., Window]) -> None:
    page = window().tab("/")
    page.keyboard.press("Control+k")
    opened(page)
    page.keyboard.type("needl")
    expect(page.get_by_role("dialog").get_by_role("link").first).to_be_visible()
    page.keyboard.type("e")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("status").filter(has_text="needle”")).to_be_visible()
    expect(page.locator("#palette-q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    assert focus_shows(page)


def test_two_presses_open_one_search(window: Callable[..., Window]) -> None:
    page = window().tab("/")
    page.evaluate(
        """() => { for (const _press of [1, 2])
          document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true })); }"""
    )
    opened(page)
    page.wait_for_timeout(600)
    expect(page.locator("dialog.palette")).to_have_count(1)


def test_without_scripts_the_link_leads_to_the_page(window: Callable[..., Window]) -> None:
    page = window(java_script_enabled=False).tab("/")
    page.get_by_role("link", name="Search").click()
    expect_heading(page, "Search")
    expect(page.get_by_text("opens this")).to_be_hidden()
