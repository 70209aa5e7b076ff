"""Highlights made in a real browser, reloaded and drawn again: the same words; and how long the drawing takes."""

import random
import statistics
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from sqlalchemy import insert, select

from bench.figure import Figure
from bench.films import wait_for_films
from nok.accounts.models import Role
from nok.annotations import queries
from nok.annotations.models import Annotation, Color
from nok.annotations.rules import Source, SourceKind
from nok.cli import demonstration
from nok.core.clock import now
from nok.core.db import db
from nok.core.ids import new_uuid
from nok.courses.models import Course, CourseRevision, Lesson, LessonKind
from nok.enrollments import service as enrolling
from tests.annotations.edits import Edited
from tests.annotations.texts import english_texts
from tests.browser.marking import DRAWN, SELECT
from tests.browser.windows import CHROMIUM, SWITCHES, Window
from tests.factories import articles, courses, people
from tests.faults.product import Product, inside, running

TEXTS, ON_EACH = 20, 25
DRAWN_AT_ONCE = 500
READER = "reader@test.example"
WITH_SCRIPTS = """() => {
  const text = document.querySelector("[data-annotatable]").cloneNode(true);
  text.querySelectorAll(".mark-block").forEach((button) => button.remove());
  return text.innerHTML;
}"""
WITHOUT_SCRIPTS = """async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  return page.querySelector("[data-annotatable]").innerHTML;
}"""
ODD = """The needle, the needle and the needle: *the **needle*** again. co\u00adop\u00ader\u00ada\u00adtion is soft.

足三里 and 𠮷野家 and 𝒵ú Sān Lǐ, 👩🏽‍⚕️ and 🧘, שלום עולם and مرحبا بالعالم stand in one line.

| Point | Depth | Depth |
|---|---|---|
| ST 36 | 1 cun | 1 cun |
| LI 4 | 1 cun | 0.5 cun |

- one, *one*, **one**
- one [one](https://example.org) one
"""


def measure(folder: Path) -> Iterator[Figure]:
    with running(folder / "data", demo=True) as product, sync_playwright() as playwright:
        wait_for_films(product)
        pages = prepare(product, folder)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        reader = Window(browser, product.address)
        page = reader.sign_in(READER)
        right = sum(placed(page, path) for path in pages)
        yield Figure(
            f"highlights made on {TEXTS} texts, drawn again on the same words", right, "", least=TEXTS * ON_EACH
        )
        page.goto("/articles/many-highlights")
        page.locator("[data-annotating=ready]").wait_for()
        assert len(page.evaluate(DRAWN)) == DRAWN_AT_ONCE
        yield Figure(f"drawing {DRAWN_AT_ONCE} highlights on a page of 5,000 words", drawing_ms(page), "ms", most=30)
        browser.close()


def prepare(product: Product, folder: Path) -> list[str]:
    """Add a reader, a text with every odd character, and a long one with many highlights; the addresses to read."""
    long = "\n\n".join(english_texts()[:5])
    with inside(product.settings):
        person = people.person(READER)
        people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
        articles.published(folder, "odd-letters", words=ODD, settings=product.settings)
        articles.published(folder, "many-highlights", words=long.replace("\n", "\n\n"), settings=product.settings)
        annotate(person.id, Source(SourceKind.ARTICLE, "many-highlights"))
        lessons = db.session.execute(
            select(Course.slug, Lesson.slug)
            .join(CourseRevision, CourseRevision.id == Lesson.revision_id)
            .join(Course, Course.id == CourseRevision.course_id)
            .where(Lesson.kind == LessonKind.TEXT, Course.price_cents == 0)
            .order_by(Course.slug, Lesson.position)
        ).all()
        for slug in sorted({course for course, _lesson in lessons}):
            enrolling.enroll(person, slug)
        db.session.commit()
    known = [f"/articles/{path.name}" for path in sorted((demonstration.FOLDER / "articles").iterdir())]
    return ["/articles/odd-letters", *known, *(f"/learn/{course}/{lesson}" for course, lesson in lessons)][:TEXTS]


def annotate(person_id: int, source: Source) -> None:
    text = queries.text_of(source, 1) or ""
    whole, moment, colors = Edited.of(text, 1).version(), now(), list(Color)
    passages = [whole.characters(passage) for passage in whole.passages(random.Random(3), DRAWN_AT_ONCE * 2)]
    rows = [
        {
            "id": new_uuid(), "person_id": person_id, "source": source.key, "made_on": 1, "start": start, "end": end,
            "quote": text[start:end], "prefix": "", "suffix": "", "color": colors[number % len(colors)],
            "note": "", "search_text": "", "version": 1, "created_at": moment, "changed_at": moment,
        }
        for number, (start, end) in enumerate(passages[:DRAWN_AT_ONCE])
    ]  # fmt: skip
    db.session.execute(insert(Annotation), rows)


def placed(page: Page, path: str) -> int:
    """Make highlights on a text, load it anew, and return how many are drawn on the very words that were selected."""
    page.goto(path)
    page.locator("[data-annotating=ready]").wait_for()
    chance, said = random.Random(path), []
    for number in range(ON_EACH):
        start = number / (ON_EACH + 1) + chance.uniform(0, 0.01)  # so that none is selected twice
        words = page.evaluate(SELECT, [start, min(0.999, start + chance.uniform(0.02, 0.12))])
        page.locator("[data-marker]:popover-open").wait_for()
        page.keyboard.press("h")
        page.wait_for_function("count => document.querySelectorAll('[data-note]').length === count", arg=number + 1)
        said.append(plain(words))
    page.reload()
    page.locator("[data-annotating=ready]").wait_for()
    drawn = [plain(text) for _name, text in page.evaluate(DRAWN)]
    return sum(drawn.count(words) >= said.count(words) for words in said)


def plain(text: str) -> str:
    return "".join(text.split())


def drawing_ms(page: Page) -> float:
    """Return the median time of drawing everything, by the page's own measure; its elements stay as they are."""
    plain_page = page.evaluate(WITHOUT_SCRIPTS)
    timed: list[float] = []
    for _ in range(9):
        page.reload()
        page.locator("[data-annotating=ready]").wait_for()
        timed.append(page.evaluate("() => performance.getEntriesByName('nok:draw', 'measure')[0].duration"))
    if page.evaluate(WITH_SCRIPTS) != plain_page:
        raise AssertionError("drawing has changed the page")
    return statistics.median(timed)
