"""The whole path, as a learner walks it: find, enroll, watch, read, pass, be told, download, be verified."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from nok.formats import pdf_signature
from tests.browser.answers import answer_all
from tests.browser.windows import Window, bell, expect_heading, tab_to, toast, wait_for
from tests.faults.product import Product

FLAGSHIP = "microneedling-for-acupuncturists"
TITLE = "Microneedling for Acupuncturists"
PREPARED_MS = 180_000


@pytest.mark.timeout(600)
def test_from_the_search_to_a_verified_certificate(product: Product, window: Callable[..., Window]) -> None:
    student = window(accept_downloads=True)
    page = student.sign_in("student@demo.example")
    find_and_enroll(page)
    work_through(page)
    unread = bell(page)
    pass_test(page)
    # Wherever the page has gone meanwhile: the word is told, at once and once.
    expect(toast(page)).to_contain_text(f"Your certificate for {TITLE} is ready.", timeout=15_000)
    assert toast(page).count() == 1
    assert bell(page) == unread + 1
    serial, pdf = download(page)
    check_pdf(pdf, serial, product)
    check_by_anyone(window(), serial)


def find_and_enroll(page: Page) -> None:
    page.get_by_role("link", name="Courses").first.click()
    page.get_by_label("Search courses").fill("microneedling")
    page.get_by_label("Search courses").press("Enter")
    page.get_by_role("link", name=TITLE).click()
    expect_heading(page, TITLE)
    expect(page.get_by_role("heading", name="Scope of practice")).to_be_visible()
    page.get_by_role("button", name="Enroll").click()
    page.wait_for_url(f"**/learn/{FLAGSHIP}/*")


def work_through(page: Page) -> None:
    """Every lesson before the test."""
    watched = 0
    while not page.get_by_role("button", name="Begin the test").count():
        here = page.url
        if page.locator("[data-player], [data-poll-page]").count():
            watch(page)
            watched += 1
            page.get_by_role("link", name="Next lesson").click()
        else:
            page.get_by_role("button", name="Mark as complete").click()
        page.wait_for_url(lambda url, before=here: url != before)  # type: ignore[misc]
    assert watched == 2
    expect(page.locator(".gate-list li").first).to_contain_text("Every lesson is done")


def watch(page: Page) -> None:
    """All of a video, as fast as a first view may be."""
    page.locator("[data-player] [data-rate]").wait_for(timeout=PREPARED_MS)
    assert page.locator("[data-rate] option").all_inner_texts()[-1].startswith("1.5")
    page.locator("[data-rate]").select_option("1.5")
    before = page.locator("#progress-panel").inner_text()
    page.locator("[data-act=start]").click()
    expect(page.locator("[data-player-status]")).to_contain_text("Seat time complete", timeout=120_000)
    wait_for(page, lambda: page.locator("#progress-panel").inner_text() != before, "a fresh progress panel")
    assert "0:00 of" not in page.locator("[data-seat-time]").inner_text()


def pass_test(page: Page) -> None:
    """Pass, and go to another page at once."""
    page.get_by_role("button", name="Begin the test").click()
    assert answer_all(page, FLAGSHIP) == 12
    expect(page.locator("[data-answered]")).to_contain_text("12 of 12")
    expect(page.locator("[data-save-state]")).to_have_text("Saved")
    page.get_by_role("button", name="Send answers").click()
    expect_heading(page, "Passed")
    expect(page.locator(".score")).to_contain_text("100")
    page.goto("/courses")


def download(page: Page) -> tuple[str, bytes]:
    """The newest certificate's serial and PDF, from the page that lists them."""
    toast(page).locator("[data-toast-link]").click()
    page.wait_for_url("**/certificates")
    row: Locator = page.locator(".certificate-row", has_text=TITLE)
    href = row.get_by_role("link", name="Download PDF").get_attribute("href")
    assert href is not None
    answer = page.context.request.get(href)
    assert answer.headers["content-type"] == "application/pdf"
    return row.locator(".serial").inner_text().strip(), answer.body()


def check_pdf(pdf: bytes, serial: str, product: Product) -> None:
    assert pdf.startswith(b"%PDF-")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "吕雅婷" in text
    assert serial in text
    trusted = product.settings.signing_certificate.read_bytes()
    changed = bytearray(pdf)
    changed[len(pdf) // 3] ^= 1
    with ThreadPoolExecutor(1) as elsewhere:  # the check runs a loop of its own, and the browser's runs in this thread
        assert elsewhere.submit(pdf_signature.inspect, pdf, trusted).result().valid
        assert not elsewhere.submit(pdf_signature.inspect, bytes(changed), trusted).result().valid


def check_by_anyone(stranger: Window, serial: str) -> None:
    page = stranger.tab("/verify")
    page.locator("input[name=serial]").fill(serial.lower().replace("-", " "))
    page.locator("input[name=serial]").press("Enter")
    expect_heading(page, "This certificate is valid")
    expect(page.locator("main")).to_contain_text("吕雅婷")
    stranger.expect_complaint("status of 404")
    swapped = serial[:-3] + ("1" if serial[-3] != "1" else "2") + serial[-2:]
    page.goto(f"/verify/{swapped}")
    expect_heading(page, "Not valid")


def test_by_keyboard_alone(window: Callable[..., Window], learner: str) -> None:
    page = window().tab("/")
    tab_to(page, page.get_by_role("link", name="Skip to content"))
    tab_to(page, page.get_by_role("link", name="Sign in"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/login")
    tab_to(page, page.get_by_label("E-mail address"))
    page.keyboard.type(learner)
    page.keyboard.press("Tab")
    page.keyboard.type("needle-safety-demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn")
    tab_to(page, page.get_by_role("link", name="Courses").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/courses")
    tab_to(page, page.get_by_role("link", name="Clean Field and Sharps"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name="Enroll"))
    page.keyboard.press("Space")
    page.wait_for_url("**/learn/clean-field-and-sharps/the-clean-field")
    tab_to(page, page.get_by_role("button", name="Mark as complete"), most=120)
    page.keyboard.press("Enter")
    page.wait_for_url("**/learn/clean-field-and-sharps/needles-and-sharps")
    expect(page.locator("#progress-panel")).to_contain_text("1 of 4")
