"""What opens over a page: each is shown once, so that it can be looked at while it is open."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from bench.pages import CATALOG
from bench.weight import FILM
from tests.browser.marking import ARTICLE, notes, select

DESK = 1000
"""From this width on nothing of these lies in a sheet."""


def anyones(page: Page, width: int) -> Iterator[str]:
    """Open what a guest can open, one after the other; yield the name of each while it is open."""
    page.goto("/")
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Search").wait_for()
    yield "search, empty"
    page.keyboard.type("zusanli")
    page.get_by_role("status").filter(has_text="results for").wait_for()
    yield "search, found"
    page.goto(CATALOG)
    if width < DESK:
        page.locator("[popovertarget=filters]").first.click()
    page.locator("details.filter summary").first.click()
    yield "filters"


def learners(page: Page, width: int) -> Iterator[str]:
    """Open what stands over the pages of whoever is signed in, and over a text that is marked."""
    page.goto("/learn")
    page.locator("details.account-menu summary").click()
    yield "account menu"
    page.goto(FILM)
    page.locator("details.player-keys summary").click()
    yield "keys of the player"
    page.goto("/notes")
    for each in page.locator("main details:not([open]) > summary").all():
        each.click()
    yield "settings of My Notes"
    page.goto(ARTICLE)
    page.locator("[data-annotating=ready]").wait_for()
    yield from marking(page, width)


def marking(page: Page, width: int) -> Iterator[str]:
    """Mark words, write about them, look at the notes, delete the mark."""
    select(page, 0.2, 0.24)
    yield "toolbar at a selection"
    page.keyboard.press("n")
    page.locator("[data-note-box]").wait_for()
    page.keyboard.type("Ask about this.")
    yield "note box"
    page.locator("[data-box-theirs]").evaluate("(other) => { other.hidden = false }")
    page.locator("[data-box-other]").evaluate("(other) => { other.textContent = 'Written in another window.' }")
    yield "note box with what another window wrote"
    page.locator("[data-note-box] [value=keep]").click()
    if width < DESK:
        page.locator("[popovertarget=notes-sheet]").first.click()
    notes(page).first.wait_for()
    page.locator("details.note-new summary").click()
    yield "notes"
    before = notes(page).count()
    page.locator("[data-delete-note]").first.click()
    expect(notes(page)).to_have_count(before - 1)
    yield "undo of a deletion"
    page.locator(".mark-block").first.focus()
    yield "highlight paragraph"
