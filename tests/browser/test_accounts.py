"""Joining, and the notices for browsers that cannot do everything."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.answers import answer_all
from tests.browser.windows import Window, expect_heading, wait_for
from tests.factories.people import PASSWORD

INTERNET_EXPLORER = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"


def test_register_confirm_by_mail_and_sign_in(window: Callable[..., Window]) -> None:
    page = window().tab("/")
    page.get_by_role("link", name="Create account").first.click()
    page.locator("#display_name").fill("Hélène Zhào")
    page.locator("#license_name").fill("Hélène Zhào 赵")
    page.locator("#email").fill("helene@test.example")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect_heading(page, "Check your mail")
    message = page.get_by_role("row", name="helene@test.example").get_by_role("link")
    page.goto("/dev/mail")
    for _ in range(40):
        if message.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    message.click()
    page.locator("a[href*='/account/confirm/']").click()
    page.get_by_label("The password you chose").fill(PASSWORD)
    page.get_by_role("button", name="Open my account").click()
    page.wait_for_url("**/learn")
    expect(page.get_by_text("Your address is confirmed")).to_be_visible()
    wait_for(page, lambda: "Welcome" in page.context.request.get("/notifications").text(), "the welcome")


def test_internet_explorer_is_told_which_browsers_work(window: Callable[..., Window]) -> None:
    page = window(user_agent=INTERNET_EXPLORER).tab("/courses")
    notice = page.locator(".notice", has_text="Internet Explorer")
    for name in ("Edge", "Chrome", "Firefox", "Safari"):
        expect(notice).to_contain_text(name)
    other = window().tab("/courses")
    expect(other.locator("h1")).to_be_visible()
    expect(other.get_by_text(re.compile("Internet Explorer"))).to_have_count(0)


def test_without_scripts_everything_but_counted_video_works(window: Callable[..., Window], learner: str) -> None:
    page = window(java_script_enabled=False).sign_in(learner)
    expect(page.locator("noscript .notice, .notice", has_text="JavaScript is off")).to_be_visible()
    page.goto("/courses/clean-field-and-sharps")
    page.get_by_role("button", name="Enroll").click()
    while page.get_by_role("button", name="Mark as complete").count():
        page.get_by_role("button", name="Mark as complete").click()
    page.get_by_role("button", name="Begin the test").click()
    answer_all(page, "clean-field-and-sharps")
    page.get_by_role("button", name="Send answers").click()
    expect_heading(page, "Passed")
    page.get_by_role("link", name="Certificates").last.click()
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
