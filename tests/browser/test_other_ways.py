"""The same course by keyboard alone and without scripts, a sign-in that ends in the middle, and the demo's flagship."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from nok.accounts import queries as accounts
from nok.accounts import service
from nok.core.db import db
from nok.enrollments import service as enrollments
from tests.browser import learning
from tests.browser.answers import right_choices
from tests.browser.windows import Window, expect_heading, tab_to
from tests.factories import courses, people, whole_course
from tests.faults.product import Product, inside

COURSE = "/courses/without-a-film"
FLAGSHIP = "microneedling-for-acupuncturists"
FAR = 150  # presses of Tab: a reader who comes from above passes the header and, in a worksheet, the outline


@pytest.fixture(scope="module")
def folder(product: Product, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a course without a film, imported."""
    made = whole_course.write_folder(tmp_path_factory.mktemp("whole"), "without-a-film")
    with inside(product.settings):
        whole_course.published(product.settings, made)
    return made


def accept(window: Callable[..., Window], words: str) -> None:
    """Accept the worksheet with these words, as its teacher."""
    learning.review(window().sign_in(courses.TEACHER), words, "Accept")


def test_by_keyboard_alone(window: Callable[..., Window], learner: str, folder: Path) -> None:
    page = window().tab("/")
    sign_in_by_keyboard(page, learner)
    press_key(page, page.get_by_role("link", name="Courses").first)
    page.wait_for_url("**/courses")
    tab_to(page, page.get_by_label("Search courses"))
    page.keyboard.type("film reading sheet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/courses?**")
    page.goto(COURSE)
    press_key(page, page.get_by_role("button", name="Enroll"), "Space")
    expect_heading(page, "The reading")
    press_key(page, page.get_by_role("button", name="Mark as complete"))
    expect_heading(page, "The sheet")
    press_key(page, page.get_by_role("button", name="Mark as complete"))
    expect_heading(page, "In your own words")
    tab_to(page, page.locator("#answer-w-consent"), most=FAR)
    page.keyboard.type("No mouse has written this, dear teacher.")
    tab_to(page, page.locator("#answer-w-stop"))
    page.keyboard.type("When it hurts.")
    press_key(page, page.get_by_role("button", name="Hand in"))
    expect(page.locator("main")).to_contain_text("Your teacher reads it now")
    accept(window, "No mouse has written this")
    page.reload()
    press_key(page, learning.way_to(page, "Test"))
    answer_by_keyboard(page, folder)
    press_key(page, learning.way_to(page, "Evaluation"))
    expect_heading(page, "Evaluation")
    for row in page.locator("fieldset.rating").all():
        press_key(page, row.locator("input").first, "Space")
    press_key(page, page.get_by_role("button", name="Send the evaluation"))
    expect(page.locator("main")).to_contain_text("Your evaluation is in")


def sign_in_by_keyboard(page: Page, learner: str) -> None:
    tab_to(page, page.get_by_role("link", name="Skip to content"))
    press_key(page, page.get_by_role("link", name="Sign in"))
    page.wait_for_url("**/account/login")
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type(learner)
    page.keyboard.press("Tab")
    page.keyboard.type(people.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn")


def answer_by_keyboard(page: Page, folder: Path) -> None:
    """Choose with Tab and the arrows: a group of choices is one stop."""
    press_key(page, page.get_by_role("button", name="Begin the test"))
    page.wait_for_url("**/attempts/*")
    for field in page.locator("fieldset[data-question]").all():
        right = right_choices(field, folder)[0].locator("input")
        press_key(page, field.locator("input").first, "Space")
        while not right.is_checked():
            page.keyboard.press("ArrowDown")
    expect(page.locator("[data-save-state]")).to_have_text("Saved")
    press_key(page, page.get_by_role("button", name="Send answers"))
    expect_heading(page, "Passed")


def press_key(page: Page, target: Locator, key: str = "Enter") -> None:
    """Go to something by Tab, and press a key there."""
    tab_to(page, target, most=FAR)
    page.keyboard.press(key)


def test_without_scripts(window: Callable[..., Window], newcomer: str, folder: Path) -> None:
    page = window(java_script_enabled=False).sign_in(newcomer, then=COURSE)
    expect(page.locator("noscript .notice, .notice", has_text="JavaScript is off")).to_be_visible()
    learning.enroll(page)
    learning.read(page)
    learning.hand_in(page, consent="Written without any script at all.")
    accept(window, "without any script")
    page.reload()
    learning.way_to(page, "Test").click()
    learning.pass_test(page, folder, scripts=False)
    learning.way_to(page, "Evaluation").click()
    learning.evaluate(page, "Even so.")
    page.get_by_role("link", name="Certificates").first.click()
    page.get_by_role("link", name="Confirm your name").click()
    page.get_by_role("button", name="Confirm this name").click()
    page.goto("/certificates")
    for _ in range(60):
        if page.get_by_role("link", name="Download PDF").count():
            break
        page.wait_for_timeout(250)
        page.reload()
    href = page.get_by_role("link", name="Download PDF").get_attribute("href")
    assert href is not None
    assert page.context.request.get(href).body().startswith(b"%PDF-")
    page.get_by_role("link", name="Verify page").click()
    expect_heading(page, "This certificate is valid")


def test_nothing_typed_is_lost_when_the_server_ends_the_sign_in(
    product: Product, window: Callable[..., Window], learner: str, folder: Path
) -> None:
    person = window()
    person.expect_complaint("status of 40[01]")
    page = person.sign_in(learner, then=f"/courses/{folder.name}")
    learning.enroll(page)
    page.goto(f"/learn/{folder.name}/own-words")
    page.locator("#answer-w-consent").fill("Typed while I was signed in.")
    expect(page.locator("[data-save-state]")).to_have_text("Saved")
    with inside(product.settings):
        signed_in = accounts.person_by_email(learner)
        assert signed_in is not None
        service.end_all_sign_ins(signed_in)
        db.session.commit()
    page.locator("#answer-w-consent").press_sequentially(" And typed on since.")
    expect(page.locator("[data-save-state]")).to_contain_text("signed out")
    page.locator("#answer-w-stop").fill("Typed last.")
    page.locator("[data-sign-in]").click()
    page.get_by_label("E-mail address").fill(learner)
    page.get_by_label("Password").fill(people.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/own-words")
    expect(page.locator("#answer-w-consent")).to_have_value("Typed while I was signed in. And typed on since.")
    expect(page.locator("#answer-w-stop")).to_have_value("Typed last.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.locator(".written").first).to_have_text("Typed while I was signed in. And typed on since.")


def test_every_lesson_of_the_flagship_opens(product: Product, window: Callable[..., Window], learner: str) -> None:
    with inside(product.settings):
        person = accounts.person_by_email(learner)
        assert person is not None
        enrollments.enroll(person, FLAGSHIP)
        db.session.commit()
    page = window().sign_in(learner, then=f"/learn/{FLAGSHIP}/before-you-say-yes")
    links = page.locator("#progress-panel nav a")
    lessons = {str(link.get_attribute("href")): link.inner_text().strip().splitlines()[0] for link in links.all()}
    assert len(lessons) == 16
    for address, title in lessons.items():
        page.goto(address, wait_until="load")
        expect_heading(page, title.strip())
        broken = "pictures => pictures.filter(each => each.complete && !each.naturalWidth).map(each => each.src)"
        assert page.locator("main img").evaluate_all(broken) == [], address
