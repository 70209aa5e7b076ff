"""Ask the teacher in a browser: from selected words to the answer."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.marking import reading, select
from tests.browser.windows import Window

TEACHER = "teacher@demo.example"


def test_words_are_selected_asked_about_and_answered(window: Callable[..., Window], learner: str) -> None:
    with reading(window, learner) as page:
        said = select(page, 0.2, 0.21)
        page.get_by_role("toolbar").get_by_role("button", name="Ask the teacher").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Ask the teacher")
        expect(page.locator("form blockquote")).to_contain_text(said.split()[1])
        page.get_by_label("Your question").fill("How deep was that?")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Your question was sent.")).to_be_visible()
        asked = page.url
        teacher = window().sign_in(TEACHER)
        teacher.goto("/studio/questions")
        teacher.get_by_role("link", name="How deep was that?").click()
        teacher.get_by_label("Your reply").fill("A few millimeters.")
        teacher.get_by_role("button", name="Send").click()
        expect(teacher.locator("#latest")).to_contain_text("A few millimeters.")
        page.goto(asked)
        expect(page.locator("#latest")).to_contain_text("A few millimeters.")
