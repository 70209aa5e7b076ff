"""The right answers of tests, from the course folders that they were imported from."""

import re
from functools import cache
from pathlib import Path

from playwright.sync_api import Locator, Page

from nok.cli.demonstration import FOLDER
from nok.formats import course_folder
from nok.formats.questions import Question
from tests.browser.windows import press

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def answer_all(page: Page, course: str | Path) -> int:
    """Choose what is right for every question on the page; return how many there are.

    The course is a folder, or one of the demo's by its slug. What is asked may be drawn from a bank, in any order.
    """
    fields = page.locator("fieldset[data-question]")
    for index in range(fields.count()):
        for choice in right_choices(fields.nth(index), course):
            press(choice)
    return fields.count()


def right_choices(field: Locator, course: str | Path) -> list[Locator]:
    """The labels of the right choices of one question on the page."""
    question = _questions(FOLDER / "courses" / course)[_plain(field.locator(".question-stem").inner_text())]
    right = {_plain(choice.text) for choice in question.choices if choice.right}
    return [label for label in field.locator("label.choice").all() if _plain(label.inner_text()) in right]


@cache
def _questions(folder: Path) -> dict[str, Question]:
    course = course_folder.read(folder)
    lessons = [lesson for section in course.sections for lesson in section.lessons]
    return {_plain(question.stem): question for lesson in lessons for question in lesson.questions}


def _plain(text: str) -> str:
    """Letters and digits only: pictures, Markdown marks and typographic quotes do not matter."""
    return re.sub(r"[\W_]+", " ", _PICTURE.sub("", text)).strip().lower()
