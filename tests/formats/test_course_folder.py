from __future__ import annotations

import os
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nok.formats import course_folder
from nok.formats.problems import FolderProblems
from tests.formats.course_on_disk import CourseOnDisk


def test_a_right_folder_is_read_in_the_order_of_its_outline(course: CourseOnDisk) -> None:
    read = course.read()
    (section,) = read.sections
    assert [lesson.slug for lesson in section.lessons] == ["layers", "depth", "final"]
    text, video, test = section.lessons
    assert [block.kind for block in text.blocks] == ["heading", "markdown", "callout", "picture"]
    assert text.blocks[1].key == "b-aaaaaaa1"
    assert video.video is not None
    assert video.video.captions[0].cues[0].text == "How deep?"
    assert test.questions[0].choices[1].right
    assert (read.pass_mark, read.attempts, read.speed_cap, read.time_limit_minutes) == (80, 0, 1.5, 0)
    assert [picture.name for picture in read.pictures] == ["layers.svg"]


def test_an_approval_keeps_its_hours_exactly_and_its_days(course: CourseOnDisk) -> None:
    (approval,) = course.read().approvals
    assert approval.hours == Decimal("1.5")
    assert (approval.valid_from, approval.valid_until) == (date(2026, 1, 1), date(2027, 12, 31))


def test_without_approvals_a_folder_claims_no_credit(course: CourseOnDisk) -> None:
    text = course.root.joinpath("course.toml").read_text()
    course.write("course.toml", text.partition("[[approvals]]")[0])
    assert course.read().approvals == ()


def test_the_certificate_takes_the_first_paragraph_of_the_scope_notice_in_plain_words(
    course: CourseOnDisk,
) -> None:
    assert course.read().certificate_notice == "Theory only."
    course.write("scope-notice.md", "x" * 321)
    assert "at most 320 fit" in course.problem().message


def test_the_digest_knows_bytes_and_names_but_not_times_or_place(course: CourseOnDisk, tmp_path: Path) -> None:
    before = course.read().digest
    copy = tmp_path / "elsewhere"
    shutil.copytree(course.root, copy)
    os.utime(copy / "course.toml", (1, 1))
    assert course_folder.read(copy).digest == before
    course.change("videos/depth.mp4", "isom", "iso2")
    assert course.read().digest != before


def test_every_problem_is_told_at_once_with_file_and_line(course: CourseOnDisk) -> None:
    course.change("course.toml", "pass_mark = 80", "pass_mark = 800")
    course.change("lessons/layers.md", "minutes = 4", 'minutes = "four"')
    course.change("questions/final.txt", "(x)", "( )")
    course.change("videos/depth.en.vtt", "00:02.000", "00:02,000")
    places = [(problem.file, problem.line) for problem in course.problems()]
    assert places == [
        ("course.toml", 15),
        ("lessons/layers.md", 4),
        ("questions/final.txt", 1),
        ("videos/depth.en.vtt", 3),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        ("course.toml", "format = 1", "format = 2", 1, "format = 1"),
        ("course.toml", "needle-depth", "Needle Depth", 2, "small letters"),
        ("course.toml", 'title = "Needle depth"', "title = 7", 3, 'title = "…"'),
        ("course.toml", 'title = "Needle depth"', f'title = "{"x" * 141}"', 3, "at most 140"),
        ("course.toml", 'summary = "How', 'sumary = "How', 4, "did you mean summary?"),
        ("course.toml", 'language = "en"', 'language = "English"', 5, "zh-Hans"),
        ("course.toml", "teacher@demo.example", "teacher", 6, "e-mail"),
        ("course.toml", "attempts = 0", "attempts = true", 16, "whole number"),
        ("course.toml", '  "depth",', '  "depth",\n  "depth",', 23, "stands here twice"),
        ("course.toml", '"depth",', '"deep",', 23, "lessons/deep.md"),
        ("course.toml", '"depth",', '"../depth",', 23, "cannot name a lesson"),
        ("course.toml", "https://example.org", "javascript:alert(1)//", 29, "web address"),
        ("course.toml", "hours = 1.5", "hours = -1", 35, "from 0.1"),
        ("course.toml", "2027-12-31", "2025-12-31", 38, "before valid_from"),
        ("course.toml", "2026-01-01", '"2026-01-01"', 37, "without quotes"),
        ("course.toml", "pass_mark = 80", "pass_mark = ", 15, "not TOML"),
        ("lessons/layers.md", 'title = "Layers"', 'title = "Layers', 2, "not TOML"),
        ("lessons/layers.md", "+++\n# The", "\n# The", 1, "never end"),
        ("lessons/layers.md", '"text"', '"film"', 3, "text, file, test"),
        ("lessons/layers.md", "minutes = 4", 'minutes = 4\nvideo = "videos/depth.mp4"', 5, 'kind = "video"'),
        ("lessons/layers.md", "b-aaaaaaa1", "b-1", 9, "not a block id"),
        ("lessons/layers.md", "[!caution]", "[!danger]", 11, "[!caution]"),
        ("lessons/layers.md", "Three layers, drawn", "", 14, "cannot see"),
        ("lessons/layers.md", "pictures/layers.svg", "pictures/gone.svg", 14, "is missing"),
        ("lessons/layers.md", "pictures/layers.svg", "https://example.org/a.svg", 14, "cannot be shown"),
        ("lessons/depth.md", "depth.mp4", "gone.mp4", 5, "is missing"),
        ("lessons/depth.md", "depth.en.vtt", "gone.vtt", 6, "is missing"),
        ("lessons/depth.md", "captions =", "capitons =", 0, "captions is missing"),
        ("videos/depth.mp4", "ftyp", "junk", 0, "not an MP4"),
        ("questions/final.txt", "How many?", "How \u202emany?", 2, "U+202E"),
        ("lessons/layers.md", "Three of", "Three &#x2066;of", 8, "U+2066"),
        ("lessons/layers.md", "Three of", "Three\0of", 8, "U+0000"),
        ("pictures/layers.svg", "<path", "<script>alert(1)</script><path", 1, "may not run"),
        ("pictures/layers.svg", "<path", '<path onload="x()"', 1, "may not run"),
        ("pictures/layers.svg", "<path", '<image href="https://example.org/x.png"/><path', 1, "outside"),
        ("pictures/layers.svg", "<svg", "<!DOCTYPE svg><svg", 1, "DOCTYPE"),
        ("pictures/layers.svg", "</svg>", "", 2, "not well-formed"),
    ],
)
def test_a_mistake_is_named_where_it_stands_with_what_to_do(
    course: CourseOnDisk, file: str, old: str, new: str, line: int, message: str
) -> None:
    course.change(file, old, new)
    told = [problem for problem in course.problems() if message in problem.message]
    assert told, [str(problem) for problem in course.problems()]
    if line:
        assert line in [problem.line for problem in told]


def test_a_lesson_that_no_section_lists_is_not_forgotten(course: CourseOnDisk) -> None:
    course.write("lessons/extra.md", "+++\n+++\n")
    assert (course.problem().file, "No section" in course.problem().message) == ("lessons/extra.md", True)


def test_a_block_id_copied_into_another_lesson_is_refused(course: CourseOnDisk) -> None:
    course.write("lessons/depth.md", course.root.joinpath("lessons/depth.md").read_text() + "Words.\n{#b-aaaaaaa1}\n")
    assert "lessons/layers.md, line 8" in course.problem().message


def test_a_folder_that_is_not_there_or_is_a_file_or_empty_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    for name, message in (("gone", "no folder"), ("file", "no folder"), ("empty", "course.toml")):
        with pytest.raises(FolderProblems, match=message):
            course_folder.read(tmp_path / name)
