"""A test with blanks: neither a stray Enter nor a hasty press uses up a try."""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.windows import Window, expect_heading
from tests.factories import courses
from tests.faults.product import Product, inside

_numbers = itertools.count(1)


@pytest.fixture
def course(product: Product, tmp_path: Path) -> str:
    """A course of a reading and a test of three questions."""
    slug = f"blank-course-{next(_numbers)}"
    with inside(product.settings):
        return courses.published(tmp_path, slug, product.settings, title="Blanks", texts=1, questions=3)


def begin(person: Window, learner: str, course: str) -> Page:
    """Read, and open the test."""
    person.expect_complaint("status of 422")
    page = person.sign_in(learner, then=f"/courses/{course}")
    page.get_by_role("button", name="Enroll").click()
    page.wait_for_url("**/learn/**")
    page.get_by_role("button", name="Mark as complete").click()
    expect_heading(page, "test")
    page.get_by_role("button", name="Begin the test").click()
    page.wait_for_url("**/attempts/1")
    return page


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["scripts", "no scripts"])
def test_blanks_are_named_and_sent_only_when_that_is_said(
    options: dict[str, bool], window: Callable[..., Window], learner: str, course: str
) -> None:
    page = begin(window(**options), learner, course)
    page.locator("label.choice", has_text="the right one").first.click()
    page.get_by_role("button", name="Send answers").click()
    summary = page.locator(".error-summary")
    expect(summary).to_contain_text("2 questions have no answer yet")
    expect(page.locator("input:checked")).to_have_count(1)
    page.get_by_role("link", name="Question 3").click()
    expect(page.locator("fieldset.question").last).to_be_in_viewport()
    page.get_by_role("button", name="Send anyway").click()
    expect_heading(page, "Not passed")
    expect(page.locator("main")).to_contain_text("1 of 3 questions right")


def test_enter_on_a_choice_sends_nothing(window: Callable[..., Window], learner: str, course: str) -> None:
    page = begin(window(), learner, course)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
    page.locator("label.choice input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator("[data-save-state]")).to_have_text("Saved")
    page.wait_for_timeout(500)
    assert asked == []
    expect(page.locator("input:checked")).to_have_count(1)
