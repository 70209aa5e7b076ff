"""The other ways through a film: its transcript, read part by part for the same seat time, and its chapters."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from nok.core.db import db
from nok.courses.models import Lesson
from nok.learning.models import Route, WatchSession
from tests.browser.test_seat_time import LESSON, open_lesson, position, seat_seconds
from tests.browser.windows import Window, tab_to, wait_for
from tests.faults.product import Product, inside


def open_transcript(window: Window, learner: str) -> Page:
    page = open_lesson(window, learner)
    page.get_by_role("link", name="Read instead of watching").click()
    page.wait_for_url("**/transcript")
    return page


def test_reading_by_keyboard_earns_seat_time(window: Callable[..., Window], learner: str, product: Product) -> None:
    page = open_transcript(window(), learner)
    expect(page.locator("h1")).to_contain_text("Read:")
    expect(page.locator("[data-part]:visible")).to_have_count(1)
    expect(page.locator("[data-seat-time]")).to_contain_text("0:00 of")
    on = page.get_by_role("button", name="Next part")
    tab_to(page, page.get_by_role("button", name="Start reading"))
    page.keyboard.press("Enter")
    tab_to(page, on)
    page.keyboard.press("Enter")
    expect(page.locator("[data-message-text]")).to_contain_text(re.compile(r"needs \d+ s more"))
    expect(page.locator("[data-player-status]")).to_contain_text("s more")
    expect(page.locator("#part-1")).to_be_visible()
    wait_for(page, lambda: seat_seconds(page) >= 12, "the answer of the server", seconds=30)
    assert seat_seconds(page) < 40, "no faster than the cap allows"
    expect(page.locator("[data-part-state]")).to_contain_text("counts fully after")
    page.get_by_role("button", name="Part 2").press("Enter")
    expect(page.locator("#part-2")).to_be_focused()
    expect(page.locator("#part-1")).to_be_hidden()
    page.get_by_role("button", name="Previous part").press("Enter")
    expect(page.locator("#part-1")).to_be_focused()
    seen = seat_seconds(page)
    with inside(product.settings):
        assert Route.TRANSCRIPT in db.session.scalars(select(WatchSession.route)).all()
    page.goto(LESSON)
    assert seat_seconds(page) >= seen, "the film knows what was read"


def test_a_pause_and_a_hidden_tab_do_not_count(window: Callable[..., Window], learner: str) -> None:
    page = open_transcript(window(), learner)
    page.get_by_role("button", name="Start reading").click()
    page.wait_for_timeout(2_000)
    page.get_by_role("button", name="Pause").click()
    wait_for(page, lambda: seat_seconds(page) >= 1, "the last beat")
    page.wait_for_timeout(1_000)
    before = page.locator("[data-part-state]").inner_text()
    page.wait_for_timeout(2_500)
    assert page.locator("[data-part-state]").inner_text() == before
    page.evaluate("""() => {
      Object.defineProperty(document, "visibilityState", { get: () => "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")
    page.get_by_role("button", name="Start reading").click()
    page.wait_for_timeout(2_500)
    assert page.locator("[data-part-state]").inner_text() == before


def test_without_scripts_every_word_is_there(window: Callable[..., Window], learner: str) -> None:
    open_lesson(window(), learner)
    page = window(java_script_enabled=False).sign_in(learner, then=f"{LESSON}/transcript")
    expect(page.locator("[data-part]").last).to_be_visible()
    expect(page.get_by_role("button", name="Start reading")).to_be_hidden()


@pytest.fixture
def chapters(product: Product) -> list[tuple[int, str]]:
    """Chapters of the lesson, written into it unless its course has some."""
    slug = LESSON.rpartition("/")[2]
    with inside(product.settings):
        lesson = db.session.scalars(select(Lesson).where(Lesson.slug == slug).order_by(Lesson.id.desc())).first()
        assert lesson is not None
        if not lesson.chapters:
            lesson.chapters = [[0, "What the skin is"], [20_000, "How deep"], [40_000, "Why it heals"]]
            db.session.commit()
        return [(start, title) for start, title in lesson.chapters]


def test_chapters_are_marks_and_buttons(
    window: Callable[..., Window], learner: str, chapters: list[tuple[int, str]]
) -> None:
    page = open_lesson(window(), learner)
    first, second = page.get_by_role("button", name=chapters[0][1]), page.get_by_role("button", name=chapters[1][1])
    expect(first).to_have_attribute("aria-current", "true")
    expect(page.locator("[data-chapter-marks] rect")).to_have_count(len(chapters) - 1)
    expect(page.locator("[data-seek]")).to_have_attribute("aria-valuetext", re.compile(re.escape(chapters[0][1])))
    second.click()
    expect(page.locator("[data-message-text]")).to_contain_text("ahead only as far as you have watched")
    wait_for(page, lambda: position(page) >= 2, "second 2")
    page.locator("[data-seek]").focus()
    page.keyboard.press("[")
    wait_for(page, lambda: position(page) < 2, "the beginning of the chapter")
    page.locator("[data-seek]").hover()
    expect(page.locator("[data-seek-hint]")).to_contain_text("·")
