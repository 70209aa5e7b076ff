"""The right answers of the demo's tests, from the course folders that the demo was imported from."""

import re
from functools import cache

from playwright.sync_api import Page

from nok.cli.demonstration import FOLDER
from nok.formats import course_folder
from nok.formats.questions import Question


def answer_all(page: Page, slug: str) -> int:
    """Choose what is right for every question on the page; return how many there are."""
    fields = page.locator("fieldset[data-question]")
    known = {_plain(question.stem): question for question in _questions(slug)}
    for index in range(fields.count()):
        field = fields.nth(index)
        question = known[_plain(field.locator(".question-stem").inner_text())]
        right = {_plain(choice.text) for choice in question.choices if choice.right}
        labels = field.locator("label.choice")
        for number in range(labels.count()):
            if _plain(labels.nth(number).inner_text()) in right:
                labels.nth(number).click()
    return fields.count()


@cache
def _questions(slug: str) -> list[Question]:
    course = course_folder.read(FOLDER / "courses" / slug)
    return [question for section in course.sections for lesson in section.lessons for question in lesson.questions]


def _plain(text: str) -> str:
    """Letters and digits only: Markdown marks and typographic quotes do not matter."""
    return re.sub(r"[\W_]+", " ", text).strip().lower()
