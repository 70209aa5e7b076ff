"""Courses, from folders written to disk and imported by the importer."""

from collections.abc import Iterable
from pathlib import Path

from nok.accounts import queries as accounts
from nok.accounts.models import Role
from nok.authoring import service
from nok.core.db import db
from nok.core.storage import open_storage
from nok.formats import course_folder
from nok.settings import Settings
from tests.factories import people

TEACHER = "teacher@test.example"

HEAD = """format = 1
slug = "{slug}"
title = "{title}"
summary = "{summary}"
language = "en"
teacher = "{teacher}"
topics = ["testing"]
{more}
objectives = ["Know that it works."]
scope_notice = "scope-notice.md"
[certificate]
statement = "Completion, theory"
[requirements]
pass_mark = 75
attempts = {attempts}
time_limit_minutes = {time_limit}
[[sections]]
id = "all"
title = "All of it"
lessons = [{lessons}]
"""
DOCUMENT = b"%PDF-1.7\nbytes of the handout\n%%EOF\n"
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>\n'
QUESTION = """## q-number-{number}
Which one is right in question {number}?

- (x) the right one
- ( ) the wrong one
> Because it is.

"""


def write_folder(
    root: Path,
    slug: str = "needle-safety",
    *,
    title: str = "Needle Safety",
    summary: str = "A course to test with.",
    texts: int = 2,
    questions: int = 12,
    video: Path | None = None,
    attempts: int = 3,
    time_limit: int = 0,
    teacher: str = TEACHER,
    document: bool = False,
    pictures: bool = False,
    previews: Iterable[str] = (),
    more: str = "",
) -> Path:
    """Write a course folder and return it; `more` are lines for the head of its course.toml."""
    folder = root / slug
    for part in ("files", "lessons", "questions", "videos"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    lessons = _write_readings(folder, texts)
    if video is not None:
        lessons.insert(0, _write_video(folder, video))
    if document:
        lessons.append(_write_document(folder))
    if questions:
        lessons.append(_write_test(folder, questions))
    (folder / "scope-notice.md").write_text("Theory only. Ask your board.\n")
    if pictures:
        _write_pictures(folder)
    _show_to_anyone(folder, previews)
    listed = ", ".join(f'"{lesson}"' for lesson in lessons)
    names = {"slug": slug, "title": title, "summary": summary, "teacher": teacher, "lessons": listed}
    head = HEAD.format(**names, attempts=attempts, time_limit=time_limit, more=more)
    (folder / "course.toml").write_text(head)
    return folder


def _show_to_anyone(folder: Path, lessons: Iterable[str]) -> None:
    for name in lessons:
        lesson = folder / "lessons" / f"{name}.md"
        lesson.write_text(lesson.read_text().replace("+++\n", "+++\npreview = true\n", 1))


def _write_readings(folder: Path, count: int) -> list[str]:
    lessons = [f"reading-{number}" for number in range(1, count + 1)]
    for number, lesson in enumerate(lessons, 1):
        head = f'+++\ntitle = "Reading {number}"\nkind = "text"\nminutes = 4\n+++\n'
        text = f"{head}\nWords of reading {number}.\n\n> [!caution]\n> Take care.\n"
        (folder / "lessons" / f"{lesson}.md").write_text(text)
    return lessons


def _write_pictures(folder: Path) -> None:
    """Show a picture in the first reading, and another one in the second."""
    (folder / "pictures").mkdir(exist_ok=True)
    for number, name in enumerate(("needle", "hidden"), 1):
        (folder / "pictures" / f"{name}.svg").write_text(PICTURE)
        with (folder / "lessons" / f"reading-{number}.md").open("a") as lesson:
            lesson.write(f"\n![A {name} thing](pictures/{name}.svg)\n")


def _write_video(folder: Path, video: Path) -> str:
    (folder / "videos" / "film.mp4").write_bytes(video.read_bytes())
    (folder / "videos" / "film.en.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nLook here.\n")
    captions = 'captions = [{language = "en", label = "English", file = "videos/film.en.vtt"}]'
    head = f'+++\ntitle = "Watching"\nkind = "video"\nminutes = 1\nvideo = "videos/film.mp4"\n{captions}\n+++\n'
    (folder / "lessons" / "watching.md").write_text(f"{head}\nA film.\n")
    return "watching"


def _write_document(folder: Path) -> str:
    (folder / "files" / "handout.pdf").write_bytes(DOCUMENT)
    head = '+++\ntitle = "Handout"\nkind = "file"\nminutes = 2\nfile = "files/handout.pdf"\n+++\n'
    (folder / "lessons" / "handout.md").write_text(f"{head}\nKeep it at hand.\n")
    return "handout"


def _write_test(folder: Path, questions: int) -> str:
    head = '+++\ntitle = "Final test"\nkind = "test"\nminutes = 10\nquestions = "questions/final.txt"\n+++\n'
    (folder / "lessons" / "final-test.md").write_text(f"{head}\nGood luck.\n")
    text = "".join(QUESTION.format(number=number) for number in range(1, questions + 1))
    (folder / "questions" / "final.txt").write_text(text)
    return "final-test"


def published(root: Path, slug: str = "needle-safety", settings: Settings | None = None, **options: object) -> str:
    """Import a course by the test teacher, commit, and return its slug."""
    if accounts.person_by_email(TEACHER) is None:
        people.person(TEACHER, Role.TEACHER, "Dr. Test Teacher")
    storage = open_storage(settings or Settings.from_env())
    service.import_course(storage, course_folder.read(write_folder(root, slug, **options)))  # type: ignore[arg-type]
    db.session.commit()
    return slug
