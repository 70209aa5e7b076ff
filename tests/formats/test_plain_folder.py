"""A folder of plain Markdown becomes a course, and what could not come along is told."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import pytest

from nok.formats import plain_folder
from nok.formats.plain_folder import PlainFolder
from nok.formats.problems import FolderProblems

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'
FOLDER = {
    "README.md": "# Needling with care\n\nWhat this is about.\n",
    "10-last.md": "+++\ntitle = 'The last'\nminutes = 7\n+++\nLast words.\n",
    "2-first.md": "# First things\n\n![Skin](img/a%20b.svg 'Drawn by us')\n\n> [!Caution] Slowly.\n",
    "03_points/足三里.md": "---\ntitle: Zusanli\ndescription: 'Below the knee.'\nweight: 3\n---\nOn the leg.\n",
    "03_points/deeper/note.md": "A note.\n",
    "img/a b.svg": PICTURE,
}


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def read(root: Path, files: dict[str, str] | None = None) -> PlainFolder:
    return plain_folder.read(write(root / "Needle care", files or FOLDER), "teacher@demo.example")


def notes(root: Path, text: str) -> list[tuple[int, str]]:
    found = read(root, {"a.md": text, "img/a b.svg": PICTURE, "b.pdf": "%PDF-"}).notes
    return [(note.line, note.message) for note in found if note.file == "a.md"]


def text_of(root: Path, text: str) -> str:
    course = read(root, {"a.md": text, "img/a b.svg": PICTURE}).course
    return "\n\n".join(block.markdown for block in course.sections[0].lessons[0].blocks)


def test_lessons_stand_in_the_order_a_person_would_give_them(tmp_path: Path) -> None:
    course = read(tmp_path).course
    assert (course.slug, course.title, course.summary) == ("needle-care", "Needling with care", "What this is about.")
    outline = [(section.key, section.title, [one.slug for one in section.lessons]) for section in course.sections]
    assert outline == [
        ("lessons", "Needling with care", ["readme", "first", "last"]),
        ("03-points", "Points", ["lesson"]),
        ("deeper", "Deeper", ["note"]),
    ]


def test_titles_come_from_fields_or_the_first_heading_or_the_name(tmp_path: Path) -> None:
    lessons = {one.slug: one for section in read(tmp_path).course.sections for one in section.lessons}
    assert [lessons[slug].title for slug in ("first", "last", "lesson", "note")] == [
        "First things",
        "The last",
        "Zusanli",
        "Note",
    ]
    assert lessons["first"].blocks[0].kind == "picture", "the heading is the title, and the page shows it once"
    assert (lessons["last"].minutes, lessons["lesson"].summary) == (7, "Below the knee.")


def test_pictures_are_taken_along_under_a_name_that_can_be_served(tmp_path: Path) -> None:
    course = read(tmp_path).course
    assert [(one.name, one.path.name) for one in course.pictures] == [("img-a-b.svg", "a b.svg")]
    first = course.sections[0].lessons[1]
    assert first.blocks[0].markdown == "![Skin](pictures/img-a-b.svg 'Drawn by us')"
    assert (first.blocks[1].kind, first.blocks[1].markdown) == ("callout", "> [!caution]\n> Slowly.")


def test_two_lessons_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    course = read(tmp_path, {"a/note.md": "One.\n", "b/note.md": "Two.\n", "1-note.md": "Three.\n"}).course
    assert [one.slug for section in course.sections for one in section.lessons] == ["note", "note-2", "note-3"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("Words <b>bold</b>.\n", 1, 'Raw HTML is not read: "<b>"'),
        ("Words.\n\n<!-- mine -->\n", 3, "Raw HTML"),
        ("---\nlayout: post\n---\nWords.\n", 2, '"layout" is left out'),
        ("---\ntags:\n  - a\n---\nWords.\n", 3, "only key: value"),
        ("+++\n\n[extra]\na = 1\n+++\nWords.\n", 3, '"extra" is left out'),
        ("+++\ntitle = \n+++\nWords.\n", 1, "not TOML"),
        ("Words.\n\nSee [that](other.md).\n", 3, 'The link to "other.md"'),
        ("See [that](#there).\n", 1, 'The link to "#there"'),
        ("See [that](javascript:alert).\n", 1, "is left out, its words stay"),
        ("See [that][x].\n\n[x]: https://example.org\n", 3, "definition at a distance"),
        ("![Gone](gone.png)\n", 1, "is missing"),
        ("![Far](https://example.org/a.png)\n", 1, "does not lie in this folder"),
        ("![Out](../../a.png)\n", 1, "does not lie in this folder"),
        ("![Out](/etc/passwd.png)\n", 1, "does not lie in this folder"),
        ("![Film](film.mp4)\n", 1, "cannot be shown"),
        ("![](<img/a b.svg>)\n", 1, "no words"),
        ("> [!NOTE]\n> Words.\n", 1, "becomes a quotation"),
        ("---\ndraft: true\n---\nWords.\n", 1, "is a draft"),
        ("# Only a title\n", 0, "no text"),
    ],
)
def test_what_cannot_come_along_is_told_and_stops_nothing(tmp_path: Path, text: str, line: int, message: str) -> None:
    files = {"a.md": text, "z.md": "Another lesson.\n", "img/a b.svg": PICTURE}
    told = [(note.file, note.line) for note in read(tmp_path, files).notes if message in note.message]
    assert told == [("a.md", line)]


def test_what_is_left_out_leaves_its_words(tmp_path: Path) -> None:
    assert text_of(tmp_path, "See [that](other.md), [web](https://example.org) and ![Gone](gone.png).\n") == (
        "See that, [web](https://example.org) and Gone."
    )


def test_code_stays_as_it_is_written(tmp_path: Path) -> None:
    text = "Write `[that](other.md)`.\n\n```\n<b>[that](other.md)</b>\n![x](gone.png)\n```"
    assert text_of(tmp_path, text) == text
    assert notes(tmp_path, text) == []


def test_files_that_nothing_shows_are_told(tmp_path: Path) -> None:
    told = read(tmp_path, {"a.md": "Words.\n", "film.mp4": "", ".hidden": "", "img/b.svg": PICTURE}).notes
    assert [(note.file, "left out" in note.message) for note in told] == [("film.mp4", True), ("img/b.svg", True)]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"notes.txt": "Words."}, "no lesson"),
        ({"a.md": "One.\n{#b-aaaaaaa1}\n", "b.md": "Two.\n{#b-aaaaaaa1}\n"}, "b-aaaaaaa1"),
        ({"a.md": "How \u202emany?\n"}, "U\\+202E"),
        ({"a.md": "```\nnever closed\n"}, "never ends"),
        ({f"{n}.md": "Words.\n" for n in range(2_001)}, "2,000"),
        ({"a/" * 9 + "a.md": "Words.\n"}, "8 folders deep"),
    ],
)
def test_what_cannot_be_read_at_all_is_a_problem(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(FolderProblems, match=message):
        read(tmp_path, files)


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("Secret.\n")
    (tmp_path / "secret.svg").write_text(PICTURE)
    root = write(tmp_path / "Needle care", {"a.md": "Words.\n\n![Out](out.svg)\n"})
    (root / "b.md").symlink_to(tmp_path / "secret.md")
    (root / "loop").symlink_to(root)
    (root / "out.svg").symlink_to(tmp_path / "secret.svg")
    found = plain_folder.read(root, "teacher@demo.example")
    assert [one.slug for section in found.course.sections for one in section.lessons] == ["a"]
    assert found.course.pictures == ()
    assert {"b.md", "loop", "out.svg"} <= {note.file for note in found.notes}


@pytest.mark.parametrize("junk", ["[", "![", "![a](", "[a](", "`", "<a ", "> [!", "[a](" + " " * 15_000])
def test_hard_text_is_read_in_bounded_time(tmp_path: Path, junk: str) -> None:
    begun = time.monotonic()
    with contextlib.suppress(FolderProblems):
        read(tmp_path, {"a.md": (junk * 5000)[:15000] + "\n"})
    assert time.monotonic() - begun < 10
