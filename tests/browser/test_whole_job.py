"""The whole main job, with every kind of lesson: at a desk with the teacher in a second browser, and on a phone.

These come late in the alphabet, when the films of the demo are ready to stream and the machine has time for ours.
"""

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Error, Locator, Page, expect
from pypdf import PdfReader

from nok.formats import pdf_signature
from tests.browser import learning
from tests.browser.windows import Window, bell, expect_heading, press, toast, wait_for
from tests.factories import courses, whole_course
from tests.faults.product import Product, inside

FILM_SECONDS = 14
NAME = "周美琳"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
GATES = ["Lessons", "Worksheet", "Review", "Test", "Evaluation"]


@pytest.fixture(scope="module")
def folder(product: Product, film: Callable[[int], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a course with a film, imported."""
    made = whole_course.write_folder(tmp_path_factory.mktemp("whole"), "every-kind", film=film(FILM_SECONDS))
    with inside(product.settings):
        whole_course.published(product.settings, made)
    return made


@pytest.mark.timeout(600)
def test_from_the_search_to_a_certificate_that_is_verified_and_revoked(
    product: Product, window: Callable[..., Window], newcomer: str, folder: Path
) -> None:
    look_before_joining(window().tab("/courses"))
    student = window(accept_downloads=True)
    page = student.sign_in(newcomer, then="/courses/every-kind")
    learning.enroll(page)
    learning.watch(page)
    learning.read(page)
    with_the_teacher(page, window().sign_in(courses.TEACHER))
    learning.way_to(page, "Test").click()
    learning.pass_test(page, folder)
    learning.way_to(page, "Evaluation").click()
    learning.evaluate(page, "Clear, calm, and short.")
    confirm_name_and_leave(page)
    serial, pdf = download(page)
    check_pdf(pdf, serial, product)
    stranger = window()
    check_by_anyone(stranger, serial)
    revoke(window().sign_in("admin@demo.example"), serial)
    learning.told(page, f"Your certificate for {whole_course.TITLE} was revoked.")
    stranger.tab().goto(f"/verify/{serial}")
    expect_heading(stranger.context.pages[-1], "This certificate was revoked")
    expect(stranger.context.pages[-1].locator(".verdict")).to_contain_text("Issued to the wrong person.")


def look_before_joining(page: Page) -> None:
    """Search, and watch the film of the preview, as a guest."""
    page.get_by_label("Search courses").fill("kinds of lesson")
    page.get_by_label("Search courses").press("Enter")
    page.get_by_role("link", name=whole_course.TITLE).first.click()
    expect_heading(page, whole_course.TITLE)
    page.get_by_role("link", name="Watch a lesson first").click()
    expect_heading(page, "The film")
    page.locator("[data-player] [data-rate]").wait_for(timeout=learning.PREPARED_MS)
    page.locator("[data-chapters] button").nth(1).click()
    video = page.locator("video")
    wait_for(page, lambda: float(video.evaluate("video => video.currentTime")) > 6.5, "the second chapter, running")
    expect(page.locator("[data-chapters] button").nth(1)).to_have_attribute("aria-current", "true")
    expect(page.locator(".cue[aria-current]")).to_contain_text("This is the needle.")
    page.get_by_role("link", name="See the course and enroll").click()
    expect(page.get_by_role("link", name="Sign in to enroll")).to_be_visible()


def with_the_teacher(page: Page, teacher: Page) -> None:
    """Hand in, have it returned with a comment, mend it, have it accepted."""
    learning.hand_in(page)
    assert learning.gates(page)[:3] == ["Lessons · Done", "Worksheet · Done", "Review · With your teacher"]
    link = learning.told(teacher, "has handed in “In your own words”")
    expect(link).to_have_attribute("href", re.compile(r"^/studio/worksheets/\d+$"))
    learning.review(teacher, learning.CONSENT, "Return with the comment", "Name the nerve.")
    learning.told(page, "came back with a comment").click()
    expect(page.locator(".review-word")).to_contain_text("Name the nerve.")
    learning.hand_in(page, stop="At the ulnar nerve.")
    learning.review(teacher, "At the ulnar nerve.", "Accept")
    learning.told(page, "is accepted").click()
    expect(page.locator("main")).to_contain_text("Your teacher has accepted this worksheet.")


def leave_for(page: Page, path: str) -> None:
    """Go somewhere while the page that follows the last press may still be on its way, and come first."""
    for _ in range(3):
        try:
            page.goto(path)
        except Error:
            page.wait_for_timeout(300)
        else:
            return
    page.goto(path)


def confirm_name_and_leave(page: Page) -> None:
    """Every gate is done, the name is not confirmed: confirm it, go to another page at once, and be told."""
    assert learning.gates(page) == [f"{name} · Done" for name in GATES]
    press(learning.told(page, "Confirm the name on your license"))
    expect_heading(page, "Your name on certificates")
    unread = bell(page)
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # kept; its page is not waited for
        press(page.get_by_role("button", name="Confirm this name"))
    leave_for(page, "/courses")
    # Wherever the page has gone meanwhile: the word is told, at once and once.
    expect(toast(page)).to_contain_text(f"Your certificate for {whole_course.TITLE} is ready.", timeout=15_000)
    assert toast(page).count() == 1
    assert bell(page) == unread + 1


def download(page: Page) -> tuple[str, bytes]:
    """The certificate's serial and PDF, from the page that lists it."""
    press(toast(page).locator("[data-toast-link]"))
    page.wait_for_url("**/certificates")
    row: Locator = page.locator(".certificate-row", has_text=whole_course.TITLE)
    href = row.get_by_role("link", name="Download PDF").get_attribute("href")
    assert href is not None
    answer = page.context.request.get(href)
    assert answer.headers["content-type"] == "application/pdf"
    return row.locator(".serial").inner_text().strip(), answer.body()


def check_pdf(pdf: bytes, serial: str, product: Product) -> None:
    assert pdf.startswith(b"%PDF-")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert NAME in text
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
    expect(page.locator("main")).to_contain_text(NAME)
    stranger.expect_complaint("status of 404")
    swapped = serial[:-3] + ("1" if serial[-3] != "1" else "2") + serial[-2:]
    page.goto(f"/verify/{swapped}")
    expect_heading(page, "Not valid")


def revoke(operator: Page, serial: str) -> None:
    """Find the certificate in the console, and revoke it."""
    operator.goto("/admin/certificates")
    operator.get_by_label("Search certificates").fill(serial)
    operator.get_by_label("Search certificates").press("Enter")
    operator.get_by_role("link", name=serial).click()
    operator.get_by_label("Reason").fill("Issued to the wrong person.")
    operator.get_by_role("button", name="Revoke").click()
    expect(operator.locator("main")).to_contain_text("The certificate is revoked.")


@pytest.mark.timeout(600)
def test_the_whole_job_on_a_phone(product: Product, window: Callable[..., Window], newcomer: str, folder: Path) -> None:
    page = window(**PHONE).sign_in(newcomer, then="/courses/every-kind")
    learning.enroll(page)
    learning.watch(page)
    learning.read(page)
    learning.hand_in(page, consent="Typed with two thumbs on a small screen.")
    learning.review(window().sign_in(courses.TEACHER), "two thumbs", "Accept")
    press(learning.told(page, "is accepted"))
    press(learning.way_to(page, "Test"))
    learning.pass_test(page, folder)
    press(learning.way_to(page, "Evaluation"))
    learning.evaluate(page)
    confirm_name_and_leave(page)
    serial, pdf = download(page)
    check_pdf(pdf, serial, product)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]  # type: ignore[index]
