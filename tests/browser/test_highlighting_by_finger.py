"""Highlight This Text with a finger, on a phone."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.marking import DRAWN, notes, reading, select, words
from tests.browser.windows import Window

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_a_finger_selects_whole_words_and_the_toolbar_stands_below(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner, **PHONE) as page:
        page.locator("[data-annotatable] p").first.tap()
        said = select(page, 0.301, 0.3055)
        bar = page.get_by_role("toolbar", name="Highlight This Text").bounding_box()
        last = page.evaluate("() => [...getSelection().getRangeAt(0).getClientRects()].at(-1).bottom")
        assert bar is not None
        assert bar["y"] > last
        page.get_by_role("button", name="Highlight", exact=True).tap()
        expect(notes(page)).to_have_count(1)
        ((_, drawn),) = page.evaluate(DRAWN)
        assert words(said)[1:-1] == words(drawn)[1:-1], "only the first and the last word may have grown"
        assert len(drawn) >= len(said.strip())


def test_on_a_phone_the_notes_rise_from_the_foot_of_the_page(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner, **PHONE) as page:
        select(page, 0.1, 0.12)
        page.get_by_role("button", name="Highlight", exact=True).tap()
        opening = page.get_by_role("button", name="My Notes 1")
        expect(notes(page)).to_be_hidden()
        opening.tap()
        expect(notes(page)).to_be_visible()
        notes(page).get_by_role("link", name="Edit").tap()
        page.get_by_role("dialog", name="Your note").get_by_label("Note").fill("With a thumb.")
        page.locator("[data-note-box] [value=keep]").tap()
        expect(notes(page)).to_contain_text("With a thumb.")
        expect(notes(page)).to_be_visible()
        page.keyboard.press("Escape")
        expect(notes(page)).to_be_hidden()


def test_what_lies_over_a_page_keeps_the_keys_and_gives_them_back(window: Callable[..., Window]) -> None:
    page = window(viewport=PHONE["viewport"]).tab("/courses")
    opening = page.get_by_role("button", name="Filter and sort")
    opening.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("navigation", name="Filters")
    expect(drawer.get_by_role("button", name="Close")).to_be_focused()
    reached = set()
    for _ in range(15):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("() => document.activeElement.closest('#filters, body, main, header').localName"))
    assert reached <= {"nav", "body"}, "the last step leads to the browser's own buttons"
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opening).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null"), "the page can be reached again"
