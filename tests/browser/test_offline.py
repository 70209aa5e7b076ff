"""Without a network: a page that says so and goes away by itself, and nothing of what somebody read before."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.windows import Window, expect_heading

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found;
}"""


def ready(page: Page) -> None:
    """Wait until the worker has the page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def test_without_a_network_a_page_says_so_and_the_wanted_one_comes_by_itself(
    window: Callable[..., Window], learner: str
) -> None:
    person = window()
    person.expect_complaint("ERR_INTERNET_DISCONNECTED|Failed to fetch|net::|503")
    page = person.sign_in(learner)
    ready(page)
    person.context.set_offline(True)
    answer = page.goto("/certificates")
    expect_heading(page, "You are offline")
    assert answer is not None
    assert answer.status == 503, "a browser that fetched it ahead must not keep it as the page"
    fonts = page.evaluate("document.fonts.ready.then((all) => [...all].map((font) => `${font.family} ${font.status}`))")
    assert any("Onest" in font and font.endswith(" loaded") for font in fonts), fonts
    assert "offline" not in page.url
    person.context.set_offline(False)
    expect(page.locator("h1")).to_contain_text("ertificates", timeout=15_000)


def test_after_signing_out_the_browser_holds_nothing_that_was_read(window: Callable[..., Window], learner: str) -> None:
    person = window()
    person.expect_complaint("ERR_INTERNET_DISCONNECTED|Failed to fetch|net::|503")
    page = person.sign_in(learner)
    ready(page)
    page.goto("/account/profile")
    page.goto("/learn")
    page.locator("header details summary").last.click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    kept = page.evaluate(KEPT)
    assert "/offline" in kept
    assert all(path == "/offline" or path.startswith("/static/build/") for path in kept), kept
    person.context.set_offline(True)
    page.goto("/account/profile")
    expect_heading(page, "You are offline")
    assert learner not in page.content()
