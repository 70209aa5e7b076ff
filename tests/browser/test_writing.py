"""An article is written in a browser: what was typed is there again after a closed tab."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.windows import Window

AUTHOR = "teacher@demo.example"
WRITE = "/studio/articles/needles-and-blood-thinners"


KEPT = "() => Object.keys(localStorage).some((key) => key.startsWith('nok.typed.'))"


def writing(window: Callable[..., Window]) -> tuple[Window, Page]:
    author = window()
    page = author.sign_in(AUTHOR)
    page.goto(WRITE)
    return author, page


def test_a_closed_tab_loses_nothing_that_was_typed(window: Callable[..., Window]) -> None:
    author, page = writing(window)
    before = page.get_by_label("Summary").input_value()
    page.get_by_label("Summary").fill("Typed, and not saved.")
    page.get_by_label("The Point of Three Miles").check()
    page.wait_for_function(KEPT)
    page.close()
    again = author.tab(WRITE)
    expect(again.get_by_text("What you typed here and did not save is back.")).to_be_visible()
    expect(again.get_by_label("Summary")).to_have_value("Typed, and not saved.")
    expect(again.get_by_label("The Point of Three Miles")).to_be_checked()
    again.get_by_role("button", name="Go on from what is saved").click()
    expect(again.get_by_label("Summary")).to_have_value(before)
    again.reload()
    expect(again.get_by_label("Summary")).to_have_value(before)


def test_what_was_saved_is_not_offered_again(window: Callable[..., Window]) -> None:
    _author, page = writing(window)
    page.get_by_label("Summary").fill("Saved this time.")
    page.get_by_role("button", name="Save and look at it").click()
    page.wait_for_url("**/preview*")
    page.goto(WRITE)
    expect(page.get_by_label("Summary")).to_have_value("Saved this time.")
    page.wait_for_function(KEPT.replace("() => ", "() => !"))
    expect(page.locator("[data-typed-notice]:visible")).to_have_count(0)


def test_what_another_window_saved_meanwhile_is_shown_and_what_was_typed_offered(window: Callable[..., Window]) -> None:
    author, page = writing(window)
    other = author.tab(WRITE)
    page.get_by_label("Summary").fill("Typed in the first window.")
    other.get_by_label("Category").fill("Safety first")
    other.get_by_role("button", name="Save and look at it").click()
    other.wait_for_url("**/preview*")
    page.goto("/")
    other.goto(WRITE)
    expect(other.get_by_label("Category")).to_have_value("Safety first")
    expect(other.get_by_label("Summary")).not_to_have_value("Typed in the first window.")
    other.get_by_role("button", name="Show what I typed").click()
    expect(other.get_by_label("Summary")).to_have_value("Typed in the first window.")


def test_a_refused_saving_keeps_the_words_on_the_device(window: Callable[..., Window]) -> None:
    author, page = writing(window)
    author.expect_complaint("status of 422")
    other = author.tab(WRITE)
    other.get_by_label("Category").fill("Saved first")
    other.get_by_role("button", name="Save and look at it").click()
    other.wait_for_url("**/preview*")
    page.get_by_label("Summary").fill("Refused once.")
    page.get_by_role("button", name="Save and look at it").click()
    expect(page.get_by_text("This article was saved in another window meanwhile.")).to_be_visible()
    page.wait_for_function(KEPT)
    page.close()
    again = author.tab(WRITE)
    expect(again.get_by_label("Summary")).to_have_value("Refused once.")
    again.get_by_role("button", name="Save and look at it").click()
    again.wait_for_url("**/preview*")
    again.wait_for_function(KEPT.replace("() => ", "() => !"))
