"""What a narrow window has instead: a sheet of filters, a bar to enroll from, a film that stays; and a wide player."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.learning import PREPARED_MS
from tests.browser.windows import Window, tab_to

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}}
FILM = "/learn/when-a-patient-faints/the-first-five-minutes"


def bottom(target: Locator) -> float:
    box = target.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def at_the_film(window: Window) -> Page:
    """Open the lesson and wait until its film has been prepared."""
    page = window.tab(FILM)
    page.locator("[data-player] [data-rate]").wait_for(timeout=PREPARED_MS)
    return page


def choose_safety(page: Page) -> None:
    """Open the sheet and choose a category in it, by keys."""
    tab_to(page, page.get_by_role("button", name="Filter and sort"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_text("Category", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Safety"))
    page.keyboard.press("Enter")
    page.wait_for_url("**category=Safety")


def test_filters_stand_in_a_sheet(window: Callable[..., Window]) -> None:
    page = window(**PHONE).tab("/courses")
    expect(page.get_by_role("navigation", name="Filters")).to_be_hidden()
    choose_safety(page)
    opener = page.get_by_role("button", name="Filter and sort")
    expect(opener).to_contain_text("1 chosen")
    opener.click()
    done = page.get_by_role("button", name="Show 2 courses")
    expect(done).to_be_visible()
    category = page.get_by_text("Category", exact=True)
    category.press("Enter")
    page.keyboard.press("Escape")
    expect(category).to_be_focused()
    expect(done, "the first Escape closes the list alone").to_be_visible()
    page.keyboard.press("Escape")
    expect(done).to_be_hidden()
    expect(opener).to_be_focused()


def test_filters_need_no_scripts(window: Callable[..., Window]) -> None:
    choose_safety(window(java_script_enabled=False, **PHONE).tab("/courses"))


def test_a_wide_window_shows_the_filters(window: Callable[..., Window]) -> None:
    page = window(viewport={"width": 1440, "height": 900}).tab("/courses")
    expect(page.get_by_role("navigation", name="Filters")).to_be_visible()
    expect(page.get_by_role("button", name="Filter and sort")).to_be_hidden()


def test_a_course_is_begun_from_where_one_reads(window: Callable[..., Window], learner: str) -> None:
    page = window(**PHONE).sign_in(learner, then="/courses/when-a-patient-faints")
    page.get_by_role("heading", name="Syllabus").scroll_into_view_if_needed()
    enroll = page.get_by_role("button", name="Enroll")
    expect(enroll).to_have_count(1)
    expect(enroll).to_be_in_viewport()
    navigation = page.get_by_role("navigation", name="Main").bounding_box()
    assert navigation is not None
    assert bottom(enroll) <= navigation["y"], "the bar stands above the navigation"
    enroll.click()
    page.wait_for_url("**/learn/when-a-patient-faints/**")


def test_the_film_stays_while_its_transcript_is_read(window: Callable[..., Window]) -> None:
    page = at_the_film(window(**PHONE))
    last = page.locator(".cue").last
    last.scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    player = page.locator("[data-player]")
    expect(player).to_be_in_viewport(ratio=0.95)
    words = page.get_by_role("button", name="Play from").last
    words.focus()
    box = words.bounding_box()
    assert box is not None
    assert box["y"] >= bottom(player), "what has the focus is not behind the film"


def test_a_wide_player_is_kept_for_the_next_lesson(window: Callable[..., Window]) -> None:
    page = at_the_film(window(viewport={"width": 1440, "height": 900}))
    player = page.locator("[data-player]")
    narrow = player.bounding_box()
    page.get_by_role("button", name="Wide player", exact=True).click()
    wide = player.bounding_box()
    assert narrow is not None
    assert wide is not None
    assert wide["width"] > narrow["width"] + 200
    page.reload()
    leave = page.get_by_role("button", name="Leave the wide player")
    expect(leave).to_be_visible()
    leave.focus()
    page.keyboard.press("w")
    expect(page.get_by_role("button", name="Wide player", exact=True)).to_be_focused()
    again = player.bounding_box()
    assert again is not None
    assert again["width"] == narrow["width"]
