"""Browser windows that are watched: whatever a page complains of fails the test that opened it."""

import os
import re
import shutil
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Locator, Page, Response, expect

from tests.factories.people import PASSWORD

_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("NOK_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), "chromium")
SWITCHES = [
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--mute-audio",
    "--no-first-run",
]
_REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) => {
  const { violatedDirective, blockedURI, sourceFile, lineNumber } = event;
  console.error(`security policy: ${violatedDirective} blocked ${blockedURI} at ${sourceFile}:${lineNumber}`);
});
"""


class Window:
    """One person's browser (cookies of its own); may have several tabs."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.context: BrowserContext = browser.new_context(base_url=address, **options)
        self.context.set_default_timeout(15_000)
        self.context.add_init_script(_REPORT_VIOLATIONS)
        self.context.on("page", self._watch)
        self.problems: list[str] = []
        self._expected: list[re.Pattern[str]] = []

    def tab(self, path: str | None = None) -> Page:
        """Open a tab, at a page when one is named."""
        page = self.context.new_page()
        if path is not None:
            page.goto(path)
        return page

    def sign_in(self, email: str, page: Page | None = None, *, then: str = "/learn") -> Page:
        """Sign in through the form."""
        page = page or self.tab()
        page.goto(f"/account/login?next={then}")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"**{then}")
        return page

    def expect_complaint(self, pattern: str) -> None:
        """Say beforehand what the test itself provokes, such as the status of a page that is not there."""
        self._expected.append(re.compile(pattern))

    def close(self) -> list[str]:
        """Close every tab; return the complaints that nobody expected."""
        self.context.close()
        return [problem for problem in self.problems if not any(known.search(problem) for known in self._expected)]

    def _watch(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", self._script_error)
        page.on("response", self._response)

    def _script_error(self, error: Error) -> None:
        # The browser's own word on a page that was left before it had faded in; no script of ours began a transition.
        if str(error) != "Transition was skipped":
            self.problems.append(f"script error: {error}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.problems.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"status {response.status}: {response.url}")


def toast(page: Page) -> Locator:
    """The toast on the page, when there is one."""
    return page.locator("[data-toasts] .toast")


def bell(page: Page) -> int:
    """The number at the bell."""
    count = page.locator("[data-bell-count]")
    return int(count.inner_text() or 0) if count.is_visible() else 0


def press(target: Locator) -> None:
    """Click, or tap on a screen of a phone's size."""
    screen = target.page.viewport_size
    if screen and screen["width"] < 500:
        target.tap()
    else:
        target.click()


def wait_for(page: Page, holds: Callable[[], bool], what: str, seconds: float = 20) -> None:
    """Wait while the page goes on with what it does."""
    for _ in range(int(seconds * 20)):
        if holds():
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{what} did not happen within {seconds} s")


def focus_shows(page: Page) -> bool:
    """Whether the element with the focus can be told from the others: by itself or by the card that it is on."""
    return bool(
        page.evaluate(
            """() => {
              const outlined = (element) => {
                const style = getComputedStyle(element);
                return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
              };
              const focused = document.activeElement;
              const card = focused.closest(".card, .article-row, .choice, .hits-list li") ?? focused;
              const ringed = outlined(focused) || outlined(card) || getComputedStyle(focused).boxShadow !== "none";
              return focused.matches(":focus-visible") && ringed;
            }"""
        )
    )


def tab_to(page: Page, target: Locator, most: int = 60) -> None:
    """Press Tab until the target has the focus, which must show on the way."""
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            assert focus_shows(page), "the focus is not to be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} is not reached by {most} presses of Tab")


def expect_heading(page: Page, text: str) -> None:
    """The page's one h1."""
    expect(page.locator("h1")).to_contain_text(text)
