"""Marking a text in a browser, as a reader does it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.windows import Window

ARTICLE = "/articles/how-acupuncture-creates-collagen"
SELECT = """([from, to]) => {
  const texts = [];
  for (const block of document.querySelectorAll("[data-annotatable] [data-block]")) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.data.trim() && !node.parentElement.closest("[data-no-annotate]")) texts.push(node);
    }
  }
  const at = (share) => {
    let left = Math.floor(share * texts.reduce((sum, node) => sum + node.length, 0));
    for (const node of texts) {
      if (left < node.length) return [node, left];
      left -= node.length;
    }
  };
  const range = new Range();
  range.setStart(...at(from));
  range.setEnd(...at(to));
  range.startContainer.parentElement.scrollIntoView({ block: "center", behavior: "instant" });
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  return String(getSelection());
}"""
DRAWN = """() => [...CSS.highlights].flatMap(([name, set]) =>
  name === "nok-noted" ? [] : [...set].map((range) => [name, String(range)]))"""


def words(text: str) -> list[str]:
    return text.split()


@contextmanager
def reading(window: Callable[..., Window], email: str, path: str = ARTICLE, **options: Any) -> Iterator[Page]:
    """Open a text as a learner, ready to be marked."""
    page = window(**options).sign_in(email)
    page.goto(path)
    page.locator("[data-annotating=ready]").wait_for()
    yield page


def select(page: Page, start: float, end: float) -> str:
    """Select from one share of the text to another, and wait for the toolbar; return the words."""
    said: str = page.evaluate(SELECT, [start, end])
    expect(page.get_by_role("toolbar", name="Highlight This Text")).to_be_visible()
    return said


def notes(page: Page) -> Any:
    return page.locator("[data-note-panel] [data-note]")
