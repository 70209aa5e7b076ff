"""What a learner and a teacher do in a course with every kind of lesson, by mouse or by finger."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.answers import answer_all
from tests.browser.windows import expect_heading, press, toast, wait_for
from tests.factories import whole_course

PREPARED_MS = 240_000  # the films of the demo come first
CONSENT = "I use fine needles and I stop when you say so."
STOP = "When it hurts."


def enroll(page: Page) -> None:
    """From the page of a course into its first lesson."""
    press(page.get_by_role("button", name="Enroll"))
    page.wait_for_url("**/learn/**")


def watch(page: Page) -> None:
    """All of a film with two chapters, as fast as a first view may be."""
    page.locator("[data-player] [data-rate]").wait_for(timeout=PREPARED_MS)
    chapters = page.locator("[data-chapters] button")
    expect(chapters).to_have_count(2)
    expect(chapters.nth(1)).to_contain_text("The needle")
    assert page.locator("video track[kind=captions]").get_attribute("srclang") == "en"
    assert page.locator("[data-rate] option").all_inner_texts()[-1].startswith("1.5")
    page.locator("[data-rate]").select_option("1.5")
    before = page.locator("#progress-panel").inner_text()
    press(page.locator("[data-act=start]"))
    expect(page.locator("[data-player-status]")).to_contain_text("Seat time complete", timeout=60_000)
    wait_for(page, lambda: page.locator("#progress-panel").inner_text() != before, "a fresh progress panel")
    assert "0:00 of" not in page.locator("[data-seat-time]").inner_text()
    step(page, page.get_by_role("link", name="Next lesson"))


def read(page: Page) -> None:
    """The reading and the sheet, each to its button."""
    expect_heading(page, "The reading")
    step(page, page.get_by_role("button", name="Mark as complete"))
    expect_heading(page, "The sheet")
    sheet = page.get_by_role("link", name="Open the PDF").get_attribute("href")
    assert sheet is not None
    assert page.context.request.get(sheet).body().startswith(b"%PDF-")
    step(page, page.get_by_role("button", name="Mark as complete"))


def step(page: Page, target: Locator) -> None:
    """Press what leads to another lesson."""
    here = page.url
    press(target)
    page.wait_for_url(lambda url: url != here)


def hand_in(page: Page, consent: str = CONSENT, stop: str = STOP) -> None:
    """Fill in the worksheet, on the page that is open, and hand it in."""
    page.locator("#answer-w-consent").fill(consent)
    page.locator("#answer-w-stop").fill(stop)
    press(page.get_by_role("button", name="Hand in"))
    expect(page.locator("main")).to_contain_text("Your teacher reads it now")


def review(teacher: Page, words: str, button: str, comment: str = "") -> None:
    """Find the worksheet with these words in the queue, as its teacher, and decide."""
    teacher.goto("/studio/worksheets")
    teacher.locator(".review-queue a", has_text="In your own words").last.click()
    expect(teacher.locator("main")).to_contain_text(words)
    teacher.get_by_label("Your comment").fill(comment)
    teacher.get_by_role("button", name=button).click()
    expect(teacher.locator("main")).to_contain_text(f"{'Accepted' if button == 'Accept' else 'Returned'}. ")


def pass_test(page: Page, folder: Path, *, scripts: bool = True) -> None:
    """Begin the test on the page that is open, and pass it: some of the bank, each with its picture."""
    press(page.get_by_role("button", name="Begin the test"))
    page.wait_for_url("**/attempts/*")
    assert answer_all(page, folder) == whole_course.DRAW
    if scripts:
        expect(page.locator("[data-answered]")).to_contain_text(f"{whole_course.DRAW} of {whole_course.DRAW}")
        expect(page.locator("[data-save-state]")).to_have_text("Saved")
    pictures = page.locator(".question-stem img")
    assert pictures.count() == whole_course.DRAW
    pictures.first.scroll_into_view_if_needed()
    wait_for(page, lambda: bool(pictures.first.evaluate("img => img.naturalWidth > 0")), "the picture")
    press(page.get_by_role("button", name="Send answers"))
    expect_heading(page, "Passed")
    expect(page.locator(".score")).to_contain_text("100")


def evaluate(page: Page, comment: str = "") -> None:
    """Rate everything on the page that is open."""
    rows = page.locator("fieldset.rating")
    expect(rows).to_have_count(5)  # two objectives, and the three that every course asks
    for row in rows.all():
        press(row.locator("label.choice").last)
    page.get_by_label("Anything else").fill(comment)
    press(page.get_by_role("button", name="Send the evaluation"))
    expect(page.locator("main")).to_contain_text("Your evaluation is in")


def told(page: Page, words: str) -> Locator:
    """Wait for the toast with these words, and return its link."""
    expect(toast(page)).to_contain_text(words, timeout=20_000)
    return toast(page).locator("[data-toast-link]")


def gates(page: Page) -> list[str]:
    """The gates of the page in words, such as "Test · Not yet"."""
    return [re.sub(r"\s+", " ", words) for words in page.locator(".gate-list strong").all_inner_texts()]


def way_to(page: Page, gate: str) -> Locator:
    """The link beside an open gate."""
    return page.locator(".gate-list li.open", has_text=gate).get_by_role("link", name="Go there")
