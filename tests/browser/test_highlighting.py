"""Highlight This Text in a real browser: what is selected is what is kept, and it is drawn at the same place again."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.learning import PREPARED_MS
from tests.browser.marking import ARTICLE, DRAWN, notes, reading, select, words
from tests.browser.windows import Window


def test_a_selection_across_paragraphs_is_kept_and_drawn_again(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner) as page:
        said = select(page, 0.2, 0.26)
        page.get_by_role("button", name="Sky").click()
        expect(notes(page)).to_have_count(1)
        page.reload()
        page.locator("[data-annotating=ready]").wait_for()
        ((name, drawn),) = page.evaluate(DRAWN)
        assert name == "nok-sky"
        assert words(drawn) == words(said)


def test_keys_alone_highlight_and_note(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner) as page:
        select(page, 0.1, 0.11)
        page.keyboard.press("h")
        expect(page.locator("#announcer")).to_have_text("Highlighted. Press N to add a note.")
        page.keyboard.press("n")
        box = page.get_by_role("dialog", name="Your note")
        expect(box.get_by_label("Note")).to_be_focused()
        page.keyboard.type("From the keyboard.")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(notes(page)).to_have_count(1)
        expect(notes(page)).to_contain_text("From the keyboard.")
        block = page.get_by_role("button", name="Highlight paragraph").first
        block.focus()
        expect(block).to_be_visible()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(notes(page)).to_have_count(2)


def test_what_is_marked_without_a_network_is_sent_later(window: Callable[..., Window], learner: str) -> None:
    alone = window()
    alone.expect_complaint("ERR_INTERNET_DISCONNECTED|Failed to fetch|Failed to load resource")
    page = alone.sign_in(learner)
    page.goto(ARTICLE)
    page.locator("[data-annotating=ready]").wait_for()
    alone.context.set_offline(True)
    select(page, 0.4, 0.41)
    page.keyboard.press("h")
    expect(page.locator("#announcer")).to_contain_text("Saved on this device.")
    assert len(page.evaluate(DRAWN)) == 1, "it is seen at once"
    alone.context.set_offline(False)
    expect(notes(page)).to_have_count(1)


def test_deleting_takes_the_drawing_away(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner) as page:
        select(page, 0.5, 0.52)
        page.get_by_role("button", name="Rose").click()
        expect(notes(page)).to_have_count(1)
        page.locator("[data-delete-note]").click()
        expect(notes(page)).to_have_count(0)
        assert page.evaluate(DRAWN) == []


def test_a_browser_that_cannot_paint_gets_marks(window: Callable[..., Window], learner: str) -> None:
    old = window()
    old.context.add_init_script("delete window.Highlight")
    page = old.sign_in(learner)
    page.goto(ARTICLE)
    page.locator("[data-annotating=ready]").wait_for()
    said = select(page, 0.2, 0.24)
    page.keyboard.press("h")
    expect(page.locator("mark[data-drawn]").first).to_be_visible()
    first = "".join(page.locator("mark[data-drawn]").all_inner_texts())
    assert "".join(words(first)) == "".join(words(said))
    more = select(page, 0.22, 0.27)
    page.keyboard.press("h")
    expect(notes(page)).to_have_count(2)
    (one, other) = (notes(page).nth(number).get_attribute("data-note") for number in (0, 1))
    assert "".join(words("".join(page.locator(f"mark[data-drawn='{other}']").all_inner_texts()))) == "".join(
        words(more)
    )
    assert page.locator(f"mark[data-drawn='{one}']").count()
    inner = page.locator(f"mark[data-drawn='{one}'] mark[data-drawn='{other}']")
    expect(inner.first).to_be_visible()
    expect(page.locator(f"mark[data-drawn='{other}'] mark[data-drawn='{one}']")).to_have_count(0)


def test_a_note_left_by_escape_can_be_gone_on_with(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner) as page:
        field = page.get_by_role("dialog", name="Your note").get_by_label("Note")
        select(page, 0.6, 0.605)
        page.keyboard.press("n")
        field.fill("Begun.")
        page.keyboard.press("Escape")
        page.reload()
        page.get_by_role("button", name="Go on with the note you began").click()
        expect(field).to_have_value("Begun.")
        page.locator("[data-note-box] [value=keep]").click()
        expect(notes(page)).to_contain_text("Begun.")


def rewrite(page: Page, note: str) -> None:
    notes(page).get_by_role("link", name="Edit").click()
    page.get_by_role("dialog", name="Your note").get_by_label("Note").fill(note)
    page.locator("[data-note-box] [value=keep]").click()


def test_what_two_tabs_wrote_is_both_kept(window: Callable[..., Window], learner: str) -> None:
    alone = window()
    alone.expect_complaint("412|was preloaded")  # a tab behind another paints nothing, and needs no font
    page = alone.sign_in(learner)
    page.goto(ARTICLE)
    page.locator("[data-annotating=ready]").wait_for()
    select(page, 0.6, 0.605)
    page.keyboard.press("h")
    expect(notes(page)).to_have_count(1)
    other = alone.context.new_page()
    other.goto(ARTICLE)
    other.locator("[data-annotating=ready]").wait_for()
    rewrite(other, "From the other tab.")
    expect(notes(other)).to_contain_text("From the other tab.")
    rewrite(page, "From this tab.")
    box = page.get_by_role("dialog", name="Your note")
    expect(box).to_contain_text("changed elsewhere meanwhile")
    expect(box).to_contain_text("From the other tab.")
    expect(box.get_by_label("Note")).to_have_value("From this tab.")
    box.get_by_role("button", name="Keep both").click()
    expect(notes(page).locator(".my-note-text")).to_have_text(re.compile("From the other tab.\\s+From this tab."))


def test_a_change_without_a_network_is_sent_later(window: Callable[..., Window], learner: str) -> None:
    alone = window()
    alone.expect_complaint("ERR_INTERNET_DISCONNECTED|Failed to fetch|Failed to load resource")
    page = alone.sign_in(learner)
    page.goto(ARTICLE)
    page.locator("[data-annotating=ready]").wait_for()
    select(page, 0.6, 0.605)
    page.keyboard.press("h")
    expect(notes(page)).to_have_count(1)
    alone.context.set_offline(True)
    rewrite(page, "Written without a network.")
    expect(page.get_by_text("on this device alone so far")).to_be_visible()
    alone.context.set_offline(False)
    expect(notes(page)).to_contain_text("Written without a network.")
    expect(page.get_by_text("on this device alone so far")).to_be_hidden()


def test_a_deletion_is_undone_beside_the_text(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner) as page:
        select(page, 0.7, 0.71)
        page.keyboard.press("h")
        expect(notes(page)).to_have_count(1)
        page.locator("[data-delete-note]").click()
        expect(notes(page)).to_have_count(0)
        undo = page.get_by_role("button", name="Undo")
        expect(undo).to_be_focused()
        page.keyboard.press("Enter")
        expect(notes(page)).to_have_count(1)
        assert len(page.evaluate(DRAWN)) == 1


@pytest.mark.parametrize(
    "path", [ARTICLE, "/articles/the-point-of-three-miles", "/articles/needles-and-blood-thinners"]
)
def test_many_passages_are_placed_where_they_were_selected(
    window: Callable[..., Window], learner: str, path: str
) -> None:
    """`python -m bench highlights` does the same for 500 passages of twenty texts, odd ones among them."""
    with reading(window, learner, path) as page:
        said = []
        for step in range(8):
            said.append(select(page, step / 9, step / 9 + 0.003 * (step + 1)))
            page.keyboard.press("h")
            expect(notes(page)).to_have_count(step + 1)
        page.reload()
        page.locator("[data-annotating=ready]").wait_for()
        drawn = sorted("".join(words(text)) for _, text in page.evaluate(DRAWN))
        assert drawn == sorted("".join(words(text)) for text in said), json.dumps(said)


FILM = "/learn/when-a-patient-faints/the-first-five-minutes"


def test_a_transcript_is_marked_and_a_moment_noted(window: Callable[..., Window], learner: str) -> None:
    page = window().sign_in(learner)
    page.goto("/courses/when-a-patient-faints")
    page.get_by_role("button", name="Enroll").first.click()
    page.goto(FILM)
    page.locator("[data-player] [data-rate]").wait_for(timeout=PREPARED_MS)
    page.locator("[data-annotating=ready]").wait_for()
    said = select(page, 0.1, 0.2)
    assert len(words(said)) > 5
    page.keyboard.press("h")
    expect(notes(page)).to_have_count(1)
    page.get_by_role("button", name="Note at this moment").click()
    page.get_by_role("dialog", name="Your note").get_by_label("Note").fill("Show this again.")
    page.get_by_role("button", name="Keep this note").first.click()
    expect(notes(page)).to_have_count(2)
    expect(notes(page).filter(has_text="Show this again.")).to_contain_text("At 0:00")
    page.goto("/notes?kind=moment")
    expect(page.get_by_role("link", name="At 0:00")).to_be_visible()


def test_a_lesson_to_read_is_marked_as_an_article_is(window: Callable[..., Window], learner: str) -> None:
    page = window().sign_in(learner)
    page.goto("/courses/clean-field-and-sharps")
    page.get_by_role("button", name="Enroll").first.click()
    page.goto("/learn/clean-field-and-sharps/the-clean-field")
    page.locator("[data-annotating=ready]").wait_for()
    said = select(page, 0.3, 0.33)
    page.keyboard.press("h")
    expect(notes(page)).to_have_count(1)
    ((_, drawn),) = page.evaluate(DRAWN)
    assert words(drawn) == words(said)


def test_words_are_copied_with_their_source(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner, permissions=["clipboard-read", "clipboard-write"]) as page:
        said = select(page, 0.3, 0.305)
        page.get_by_role("button", name="Copy with citation").click()
        expect(page.locator("#announcer")).to_have_text("Copied with its source.")
        quote, _, source = page.evaluate("() => navigator.clipboard.readText()").partition("\n")
        assert words(quote.strip("“”")) == words(said)
        assert re.fullmatch(rf"Naomi Halloran\. How Acupuncture Creates Collagen\. http://.+{ARTICLE}", source), source
