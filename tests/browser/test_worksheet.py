"""Worksheets in real browsers: learner and teacher side by side, two tabs, a sign-in that ends in the middle."""

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.windows import Window, expect_heading, toast, wait_for
from tests.factories import courses, papers
from tests.faults.product import Product, inside

WORDS = "I use fine needles and I stop when you say so."
_numbers = itertools.count(1)


@pytest.fixture
def course(product: Product, tmp_path: Path) -> str:
    """A course of a reading, a worksheet, a test of two questions and an evaluation."""
    slug = f"paper-course-{next(_numbers)}"
    with inside(product.settings):
        courses.published(tmp_path, slug, product.settings, title="Paper Course", texts=1, questions=2)
        papers.worksheet(slug)
        papers.evaluation(slug)
    return slug


def open_worksheet(window: Window, learner: str, course: str) -> Page:
    page = window.sign_in(learner, then=f"/courses/{course}")
    page.get_by_role("button", name="Enroll").click()
    page.wait_for_url("**/learn/**")
    page.goto(f"/learn/{course}/first-worksheet")
    return page


def fields(page: Page) -> tuple[str, str]:
    """The two answers as they stand in the page."""
    return page.locator("#answer-w-consent").input_value(), page.locator("#answer-w-stop").input_value()


def test_from_the_first_word_to_the_evaluation_with_the_teacher_in_another_browser(
    window: Callable[..., Window], learner: str, course: str
) -> None:
    person = window()
    person.expect_complaint("status of 422")
    page, teacher = open_worksheet(person, learner, course), window().sign_in(courses.TEACHER)
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".field-error").first).to_contain_text("Write your answer here")
    page.locator("#answer-w-consent").fill(WORDS)
    expect(page.locator("#answer-w-consent-words")).to_contain_text("11 words")
    page.locator("#answer-w-stop").fill("When it hurts.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("main")).to_contain_text("Your teacher reads it now")
    expect(toast(teacher)).to_contain_text("has handed in “First worksheet”", timeout=20_000)
    toast(teacher).locator("[data-toast-link]").click()
    expect_heading(teacher, "First worksheet")
    expect(teacher.locator("main")).to_contain_text(WORDS)
    teacher.get_by_label("Your comment").fill("Name the nerve.")
    teacher.get_by_role("button", name="Return with the comment").click()
    expect(toast(page)).to_contain_text("came back with a comment", timeout=20_000)
    toast(page).locator("[data-toast-link]").click()
    expect(page.locator(".review-word")).to_contain_text("Name the nerve.")
    page.locator("#answer-w-stop").fill("At the ulnar nerve.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("main")).to_contain_text("Your teacher reads it now")
    teacher.goto("/studio/worksheets")
    teacher.locator(".review-queue a", has_text="First worksheet").last.click()
    expect(teacher.locator("main")).to_contain_text("At the ulnar nerve.")
    teacher.get_by_role("button", name="Accept").click()
    expect(toast(page)).to_contain_text("is accepted", timeout=20_000)
    finish(page, course)


def go_to(page: Page, gate: str) -> None:
    """Follow the link that a gate shows."""
    page.locator(".gate-list li", has_text=f"{gate} · To do").get_by_role("link").click()


def finish(page: Page, course: str) -> None:
    """What remains after the worksheet, each by the link that the gates show."""
    page.goto(f"/learn/{course}/final-test")
    go_to(page, "Lessons")
    page.get_by_role("button", name="Mark as complete").click()
    page.wait_for_load_state()
    go_to(page, "Test")
    page.get_by_role("button", name="Begin the test").click()
    for choice in page.locator("label.choice", has_text="the right one").all():
        choice.click()
    page.get_by_role("button", name="Send answers").click()
    expect_heading(page, "Passed")
    go_to(page, "Evaluation")
    for row in page.locator("fieldset.rating").all():
        row.locator("label.choice").last.click()
    page.get_by_role("button", name="Send the evaluation").click()
    expect(page.locator("main")).to_contain_text("Your evaluation is in")
    expect(page.locator(".gate-list li.done")).to_have_count(5)


def test_nothing_typed_is_lost_when_the_sign_in_ends_in_the_middle(
    window: Callable[..., Window], learner: str, course: str
) -> None:
    person = window()
    person.expect_complaint("status of 40[01]")
    page = open_worksheet(person, learner, course)
    page.locator("#answer-w-consent").fill("Saved before.")
    expect(page.locator("[data-save-state]")).to_have_text("Saved")
    person.context.clear_cookies()
    page.locator("#answer-w-consent").fill("Typed since.")
    expect(page.locator("[data-save-state]")).to_contain_text("signed out")
    assert page.locator("[data-save-state]").get_attribute("data-warns") is not None, "it looks like no other"
    page.locator("#answer-w-stop").fill("Typed last.")
    page.get_by_role("link", name="Sign in").last.click()
    page.get_by_label("E-mail address").fill(learner)
    page.get_by_label("Password").fill("needle-safety-demo")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/first-worksheet")
    assert fields(page) == ("Typed since.", "Typed last.")
    expect(page.locator("[data-save-state]:not([data-warns])")).to_have_text("Saved", timeout=15_000)
    page.reload()
    assert fields(page) == ("Typed since.", "Typed last.")


def test_a_sign_in_in_another_tab_lets_this_one_go_on(window: Callable[..., Window], learner: str, course: str) -> None:
    person = window()
    person.expect_complaint("status of 40[01]")
    page = open_worksheet(person, learner, course)
    person.context.clear_cookies()
    page.locator("#answer-w-stop").fill("Typed meanwhile.")
    expect(page.locator("[data-save-state]")).to_contain_text("signed out")
    person.sign_in(learner)
    expect(page.locator("[data-save-state]")).to_have_text("Saved", timeout=20_000)


def test_without_a_connection_the_text_stays_and_is_saved_later(
    window: Callable[..., Window], learner: str, course: str
) -> None:
    person = window()
    person.expect_complaint("ERR_INTERNET_DISCONNECTED|Failed to load resource|EventSource|fetch")
    page = open_worksheet(person, learner, course)
    person.context.set_offline(True)
    page.locator("#answer-w-stop").fill("Typed in the elevator.")
    expect(page.locator("[data-save-state]")).to_contain_text("no connection")
    person.context.set_offline(False)
    expect(page.locator("[data-save-state]")).to_have_text("Saved", timeout=15_000)
    page.reload()
    assert fields(page)[1] == "Typed in the elevator."


def test_the_second_of_two_tabs_decides_which_text_stays(
    window: Callable[..., Window], learner: str, course: str
) -> None:
    person = window()
    person.expect_complaint("status of 409")
    first = open_worksheet(person, learner, course)
    second = person.tab(f"/learn/{course}/first-worksheet")
    first.locator("#answer-w-stop").fill("The first tab.")
    expect(first.locator("[data-save-state]")).to_have_text("Saved")
    second.locator("#answer-w-stop").fill("The second tab.")
    expect(second.locator("[data-conflict]")).to_be_visible()
    assert fields(second)[1] == "The second tab.", "it is not taken away"
    second.get_by_role("button", name="Keep the text on this page").click()
    expect(second.locator("[data-save-state]")).to_have_text("Saved")
    first.locator("#answer-w-stop").fill("The first tab once more.")
    expect(first.locator("[data-conflict]")).to_be_visible()
    first.get_by_role("button", name="Take the saved text").click()
    wait_for(first, lambda: fields(first)[1] == "The second tab.", "the saved text")


def test_without_scripts_a_worksheet_is_saved_and_handed_in(
    window: Callable[..., Window], learner: str, course: str
) -> None:
    person = window(java_script_enabled=False)
    person.expect_complaint("status of 422")
    page = open_worksheet(person, learner, course)
    page.locator("#answer-w-consent").fill("Too short.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("main")).to_contain_text("Saved.")
    page.get_by_role("button", name="Hand in").click()
    assert re.search(r"at least 5 words; 3 words are missing", page.locator("main").inner_text())
    page.locator("#answer-w-consent").fill(WORDS)
    page.locator("#answer-w-stop").fill("When it hurts.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator("main")).to_contain_text("Your teacher reads it now")
    expect(page.locator(".written").first).to_have_text(WORDS)
