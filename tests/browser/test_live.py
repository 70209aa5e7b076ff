"""What happens elsewhere is told here, once: in one tab or in several, after a cut, and not after signing out."""

import itertools
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from nok.accounts import queries as accounts
from nok.core.db import db
from nok.notifications import service as notifications
from tests.browser.windows import Window, bell, toast, wait_for
from tests.faults.product import Product, inside

_events = itertools.count(1)
SOON_MS = 5_000  # well below PING_SECONDS: the stream was woken, it did not look by chance
RECORD = """
() => {
  window.heard = [];
  const source = new EventSource("/events");
  source.addEventListener("open", () => heard.push(["open", "", ""]));
  for (const kind of ["notification", "reset", "bye"]) {
    source.addEventListener(kind, (event) => {
      heard.push([kind, event.lastEventId, event.data]);
      if (kind === "bye") source.close();
    });
  }
}
"""
PRETEND_TO_BE_SEEN = """
window.shown = true;
Object.defineProperty(document, "visibilityState", { get: () => (window.shown ? "visible" : "hidden") });
window.show = (shown) => { window.shown = shown; document.dispatchEvent(new Event("visibilitychange")); };
"""


def tell(product: Product, email: str, *messages: str) -> None:
    """Raise events from another process, as the worker does."""
    with inside(product.settings):
        person = accounts.person_by_email(email)
        assert person is not None
        for message in messages:
            notifications.tell(person.id, "enrolled", f"test:{next(_events)}", message, "/learn")
            db.session.commit()


def heard(page: Page, kind: str) -> list[Any]:
    return [item for item in page.evaluate("() => window.heard") if item[0] == kind]


def record(page: Page) -> None:
    page.evaluate(RECORD)
    wait_for(page, lambda: bool(heard(page, "open")), "the stream")


def test_an_event_shows_at_once_and_once(product: Product, window: Callable[..., Window], learner: str) -> None:
    page = window().sign_in(learner, then="/courses")
    page.wait_for_timeout(500)
    tell(product, learner, "The clinic opens at nine.")
    expect(toast(page)).to_contain_text("The clinic opens at nine.", timeout=SOON_MS)
    assert bell(page) == 1
    expect(page.locator("#announcer")).to_have_text("The clinic opens at nine.")
    page.get_by_role("button", name="Dismiss notification").click()
    page.goto("/notifications")
    page.wait_for_timeout(1_000)
    assert toast(page).count() == 0
    expect(page.get_by_text("The clinic opens at nine.")).to_have_count(1)


def test_two_tabs_show_it_once(product: Product, window: Callable[..., Window], learner: str) -> None:
    for leader_is_seen in (True, False):
        both = window()
        both.context.add_init_script(PRETEND_TO_BE_SEEN)
        leader = both.sign_in(learner, then="/courses")
        follower = both.tab("/articles")
        seen, unseen = (leader, follower) if leader_is_seen else (follower, leader)
        unseen.evaluate("() => show(false)")
        seen.wait_for_timeout(500)
        tell(product, learner, f"For both tabs, {leader_is_seen}.")
        expect(toast(seen)).to_contain_text(f"For both tabs, {leader_is_seen}.", timeout=SOON_MS)
        wait_for(unseen, lambda page=unseen: page.title().startswith("("), "the number in the title")  # type: ignore[misc]
        assert bell(seen) == bell(unseen)
        assert toast(unseen).count() == 0
        unseen.evaluate("() => show(true)")
        unseen.wait_for_timeout(500)
        assert toast(unseen).count() == 0, "the other tab has shown it"


def test_signing_out_in_one_tab_ends_the_stream_of_the_other(window: Callable[..., Window], learner: str) -> None:
    person = window()
    # Its own stream made room for the recorder's, which is of the same browser; it may ask again after the end.
    person.expect_complaint("401 .Unauthorized. .*/events")
    one = person.sign_in(learner, then="/courses")
    other = person.tab("/articles")
    record(other)
    one.locator(".account-menu summary").click()
    one.get_by_role("button", name="Sign out").click()
    wait_for(other, lambda: bool(heard(other, "bye")), "the goodbye", seconds=SOON_MS / 1000)
    assert other.context.request.get("/events", headers={"Accept": "text/event-stream"}).status == 401


def test_after_a_cut_the_stream_brings_what_was_missed_and_nothing_twice(
    product: Product, window: Callable[..., Window], learner: str
) -> None:
    person = window()
    person.expect_complaint("ERR_|Failed to load resource")
    page = person.sign_in(learner, then="/courses")
    record(page)
    tell(product, learner, "first", "second")
    wait_for(page, lambda: len(heard(page, "notification")) == 2, "both events")
    product.kill("web", children=True)
    tell(product, learner, "third", "fourth", "fifth")
    wait_for(page, lambda: len(heard(page, "notification")) >= 5, "the replay", seconds=40)
    page.wait_for_timeout(1_000)
    assert [item[1] for item in heard(page, "notification")] == ["1", "2", "3", "4", "5"]
    wait_for(page, lambda: bell(page) == 5, "the bell after the cut", seconds=40)
