"""Seat time in a real player: no jumping ahead, resuming, and one tab at a time."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.windows import Window, wait_for

LESSON = "/learn/microneedling-for-acupuncturists/skin-layers-and-depth"
PREPARED_MS = 180_000


def open_lesson(window: Window, learner: str) -> Page:
    page = window.sign_in(learner, then="/courses/microneedling-for-acupuncturists")
    page.get_by_role("button", name="Enroll").click()
    page.wait_for_url("**/learn/**")
    page.goto(LESSON)
    page.locator("[data-player] [data-rate]").wait_for(timeout=PREPARED_MS)
    return page


def position(page: Page) -> float:
    return float(page.locator("video").evaluate("video => video.currentTime"))


def play(page: Page, until: float, act: str = "start") -> None:
    page.locator("[data-rate]").select_option("1.5")
    page.locator(f"[data-act={act}]").click()
    wait_for(page, lambda: position(page) >= until, f"second {until}", seconds=40)


def seat_seconds(page: Page) -> int:
    found = re.search(r"(\d+):(\d\d) of", page.locator("[data-seat-time]").inner_text())
    assert found
    return int(found[1]) * 60 + int(found[2])


def test_no_way_ahead_on_the_first_view_and_the_place_is_kept(window: Callable[..., Window], learner: str) -> None:
    page = open_lesson(window(), learner)
    play(page, 4)
    page.locator("[data-seek]").focus()
    page.keyboard.press("End")
    expect(page.locator("[data-message-text]")).to_contain_text("ahead only as far as you have watched")
    assert position(page) < 15
    page.locator("video").evaluate("video => { video.currentTime = video.duration - 1; }")
    wait_for(page, lambda: position(page) < 20, "the way back")
    page.keyboard.press("9")
    wait_for(page, lambda: position(page) < 20, "the way back from a key")
    wait_for(page, lambda: position(page) >= 17.5, "second 17")
    page.keyboard.press("k")
    wait_for(page, lambda: seat_seconds(page) >= 14, "the answer of the server")
    assert seat_seconds(page) <= 22
    page.reload()
    expect(page.locator("[data-act=resume]")).to_contain_text(re.compile(r"Resume at 0:(1[7-9]|2\d)"))
    assert seat_seconds(page) >= 14
    page.locator("[data-act=resume]").click()
    wait_for(page, lambda: 13 < position(page) < 24, "the place where it stopped")
    expect(page.locator("#progress-panel")).to_contain_text("0 of")


def test_what_the_player_says_is_in_sight_of_who_pressed(window: Callable[..., Window], learner: str) -> None:
    page = open_lesson(window(viewport={"width": 390, "height": 700}), learner)
    page.locator("button.cue-time").nth(12).click()
    message = page.locator("[data-message-text]")
    expect(message).to_contain_text("ahead only as far as you have watched")
    expect(message).to_be_in_viewport(ratio=1)
    page.locator("[data-seek]").focus()
    page.keyboard.press("?")
    keys = page.locator(".player-keys")
    expect(keys.locator("summary")).to_be_focused()
    expect(keys.locator("dl")).to_be_visible()
    expect(keys.locator("summary")).to_be_in_viewport(ratio=1)
    page.keyboard.press("?")
    expect(keys.locator("dl")).to_be_hidden()
    expect(page.locator("[data-seek]")).to_be_focused()


def test_the_newest_tab_takes_over(window: Callable[..., Window], learner: str) -> None:
    person = window()
    person.expect_complaint("status of 409")
    first = open_lesson(person, learner)
    play(first, 2)
    second = person.tab(LESSON)
    play(second, 2)
    wait_for(second, lambda: seat_seconds(second) >= 1 or position(second) > 4, "the second player")
    first.locator("[data-seek]").focus()
    first.keyboard.press("k")
    expect(first.locator("[data-message-text]")).to_contain_text("another tab", timeout=15_000)
    assert first.locator("video").evaluate("video => video.paused")
    assert not second.locator("video").evaluate("video => video.paused")
    with first.expect_response(lambda answer: answer.url.endswith("/beats") and answer.ok):  # now the server knows
        first.get_by_role("button", name="Continue here").click()
    wait_for(first, lambda: not first.locator("video").evaluate("video => video.paused"), "playing here again")
    second.locator("[data-seek]").focus()
    second.keyboard.press("k")
    expect(second.locator("[data-message-text]")).to_contain_text("another tab", timeout=15_000)
