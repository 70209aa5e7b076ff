"""A course with every kind of lesson, from a folder written to disk and imported by the importer."""

import io
from pathlib import Path

from pypdf import PdfWriter

from nok.accounts import queries as accounts
from nok.accounts.models import Role
from nok.authoring import service
from nok.core.db import db
from nok.core.storage import open_storage
from nok.formats import course_folder
from nok.settings import Settings
from tests.factories import courses, people

TITLE = "Every Kind of Lesson"
DRAW = 4
BANK = 6
LEAST_WORDS = 5
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">'
    '<rect width="90" height="30" fill="#eef2ef"/><path d="M5 15h80" stroke="#1d3a34" stroke-width="2"/></svg>\n'
)
COURSE = """format = 1
slug = "{slug}"
title = "{title}"
summary = "A film, a reading, a sheet, a worksheet, a test and a word on it."
language = "en"
teacher = "{teacher}"
category = "Practice"
topics = ["testing"]
objectives = ["Hold a needle.", "Say when to stop."]
[certificate]
statement = "Completion"
[requirements]
pass_mark = 75
attempts = 3
[[sections]]
id = "look"
title = "Look and read"
lessons = [{readings}]
[[sections]]
id = "work"
title = "Write and answer"
lessons = ["own-words", "final-test", "evaluation"]
"""
LESSONS = {
    "the-film": """title = "The film"
kind = "video"
minutes = 1
preview = true
video = "videos/film.mp4"
captions = [{ language = "en", label = "English", file = "videos/film.en.vtt" }]
chapters = [{ at = "0:00", title = "The hand" }, { at = "0:06", title = "The needle" }]
""",
    "the-reading": 'title = "The reading"\nkind = "text"\nminutes = 4\n',
    "the-sheet": 'title = "The sheet"\nkind = "file"\nminutes = 2\nfile = "files/sheet.pdf"\n',
    "own-words": 'title = "In your own words"\nkind = "worksheet"\nminutes = 9\nworksheet = "worksheets/own.txt"\n',
    "final-test": f"""title = "Final test"
kind = "test"
minutes = 5
questions = "questions/final.txt"
draw = {DRAW}
shuffle = true
""",
    "evaluation": 'title = "Evaluation"\nkind = "evaluation"\nminutes = 2\n',
}
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:06.000\nThis is the hand.\n\n00:06.000 --> 00:13.000\nThis is the needle.\n"
WORKSHEET = f"""## w-consent
Say what you say before the first needle.
> at least {LEAST_WORDS} words

## w-stop
When do you **stop**?
"""
QUESTION = """## q-number-{number}
![A needle](pictures/needle.svg)

Which needle is number {number}?

- (x) the needle with number {number}
- ( ) a spoon
- ( ) a thread
> It says so itself.

"""


def write_folder(root: Path, slug: str, *, film: Path | None = None, title: str = TITLE) -> Path:
    """Write the course folder and return it; without a film there is no video lesson."""
    folder = root / slug
    readings = (["the-film"] if film else []) + ["the-reading", "the-sheet"]
    files = {
        "course.toml": COURSE.format(
            slug=slug,
            title=title,
            teacher=courses.TEACHER,
            readings=", ".join(f'"{name}"' for name in readings),
        ),
        "pictures/needle.svg": PICTURE,
        "worksheets/own.txt": WORKSHEET,
        "questions/final.txt": "".join(QUESTION.format(number=number) for number in range(1, BANK + 1)),
    }
    for name in [*readings, "own-words", "final-test", "evaluation"]:
        files[f"lessons/{name}.md"] = f"+++\n{LESSONS[name]}+++\nWords of the lesson.\n"
    if film:
        files["videos/film.en.vtt"] = CAPTIONS
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "files").mkdir()
    (folder / "files" / "sheet.pdf").write_bytes(_sheet())
    if film:
        (folder / "videos" / "film.mp4").write_bytes(film.read_bytes())
    return folder


def published(settings: Settings, folder: Path) -> str:
    """Import the folder by the test teacher, commit, and return the course's slug."""
    if accounts.person_by_email(courses.TEACHER) is None:
        people.person(courses.TEACHER, Role.TEACHER, "Dr. Test Teacher")
    imported = service.import_course(open_storage(settings), course_folder.read(folder))
    db.session.commit()
    return imported.slug


def _sheet() -> bytes:
    """A PDF of one empty page, which a browser can show."""
    writer = PdfWriter()
    writer.add_blank_page(width=300, height=200)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()
