"""Joining, and the notices for browsers that cannot do everything."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.answers import answer_all
from tests.browser.windows import Window, expect_heading, wait_for
from tests.factories.people import PASSWORD

INTERNET_EXPLORER = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"


def test_register_confirm_by_mail_and_sign_in(window: Callable[..., Window]) -> None:
    page = window(timezone_id="Asia/Taipei").tab("/")
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
    page.goto("/account/profile")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Taipei")


def mailed_link(page: Page, to: str, subject: str) -> str:
    """Wait for a mail in the development outbox, and return the path of the link in it."""
    message = page.get_by_role("row", name=to).filter(has_text=subject).get_by_role("link").first
    page.goto("/dev/mail")
    for _ in range(40):
        if message.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    message.click()
    href = page.locator("main a[href*='/account/']").first.get_attribute("href")
    assert href is not None
    return href


def test_a_forgotten_password_is_set_by_mail_and_signs_out_everywhere(
    window: Callable[..., Window], learner: str
) -> None:
    clinic = window().sign_in(learner)
    page = window().tab("/account/login")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("E-mail address").fill(learner)
    page.get_by_role("button", name="Send the link").click()
    expect_heading(page, "Check your mail")
    page.goto(mailed_link(page, learner, "Choose a new password"))
    page.get_by_label("New password").fill("five slow needles")
    page.get_by_role("button", name="Set password").click()
    page.wait_for_url("**/account/login")
    page.get_by_label("E-mail address").fill(learner)
    page.get_by_label("Password").fill("five slow needles")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/learn")
    clinic.goto("/account/security")
    expect_heading(clinic, "Sign in")


def test_a_new_address_is_confirmed_from_the_mail(window: Callable[..., Window], learner: str) -> None:
    page = window().sign_in(learner, then="/account/security")
    page.get_by_role("link", name="Change address").click()
    page.get_by_label("New e-mail address").fill(f"new-{learner}")
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_text(f"on its way to new-{learner}")).to_be_visible()
    page.goto(mailed_link(page, f"new-{learner}", "Confirm your new address"))
    page.get_by_role("button", name="Use this address").click()
    page.wait_for_url("**/account/security")
    expect(page.locator(".setting-value")).to_have_text(f"new-{learner}")


def test_a_license_is_kept_from_the_account_menu(window: Callable[..., Window], learner: str) -> None:
    phone = window(viewport={"width": 390, "height": 800})
    phone.expect_complaint("status of 422")
    page = phone.sign_in(learner)
    page.locator(".account-menu summary").click()
    page.get_by_role("link", name="Licenses").click()
    page.get_by_role("link", name="Add a license").click()
    page.get_by_label("Board").select_option("US-NCCAOM")
    page.get_by_label("License number").fill("0321")
    page.get_by_role("button", name="Add license").click()
    expect(page.locator("#number-error")).to_contain_text("3 to 6 digits")
    page.get_by_label("License number").fill("4321")
    page.get_by_label("Expires on").fill("2099-05-31")
    page.get_by_role("button", name="Add license").click()
    page.wait_for_url("**/licenses")
    expect(page.locator(".setting")).to_contain_text("4321")


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
