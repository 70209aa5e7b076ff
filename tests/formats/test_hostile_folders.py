from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

import pytest

from nok.formats.problems import FolderProblems, Problem
from tests.formats.course_on_disk import CourseOnDisk


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "questions/../../secret.txt",
        "/etc/passwd",
        "./questions/final.txt",
        "questions//final.txt",
        "questions\\\\final.txt",
        "questions/final.txt\\u0000.md",
        "questions/\\u202Etxt.lanif",
        "",
        ".",
        "..",
        "q" * 300,
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused_where_it_is_written(course: CourseOnDisk, name: str) -> None:
    (course.root.parent / "secret.txt").write_text("## q-secret\n")
    course.change("lessons/final.md", "questions/final.txt", name)
    problems = course.problems()
    assert {(problem.file, problem.line) for problem in problems} == {("lessons/final.md", 5)}
    assert all(str(problem).isprintable() for problem in problems)


@pytest.mark.parametrize("target", ["secret.txt", "/etc/passwd"])
def test_a_link_out_of_the_folder_is_refused_and_one_inside_it_is_read(course: CourseOnDisk, target: str) -> None:
    (course.root.parent / "secret.txt").write_text("## q-secret\n")
    questions = course.root / "questions/final.txt"
    questions.rename(course.root / "questions/kept.txt")
    questions.symlink_to("kept.txt")
    assert course.read().digest
    questions.unlink()
    questions.symlink_to(target if target.startswith("/") else course.root.parent / target)
    assert "leads out of the folder" in course.problem().message


def test_a_folder_linked_out_of_the_folder_is_refused(course: CourseOnDisk, tmp_path: Path) -> None:
    (course.root / "questions").rename(tmp_path / "outside")
    (course.root / "questions").symlink_to(tmp_path / "outside")
    assert "leads out of the folder" in course.problem().message


def test_a_link_to_itself_a_folder_and_a_pipe_are_not_waited_for(course: CourseOnDisk) -> None:
    path = course.root / "questions/final.txt"
    path.unlink()
    path.symlink_to("final.txt")
    assert "cannot be read" in course.problem().message
    path.unlink()
    path.mkdir()
    assert "is not a file" in course.problem().message
    path.rmdir()
    os.mkfifo(path)
    assert "is not a file" in course.problem().message


@pytest.mark.parametrize("name", ["course.toml", "lessons/layers.md", "questions/final.txt", "videos/depth.en.vtt"])
def test_bytes_that_are_not_text_are_told_with_their_line(course: CourseOnDisk, name: str) -> None:
    data = (course.root / name).read_bytes()
    course.write(name, data + b"\xff\xfe")
    told = course.problem()
    assert (told.file, told.line) == (name, data.count(b"\n") + 1)
    assert "UTF-8" in told.message


@pytest.mark.parametrize("name", ["course.toml", "lessons/layers.md", "questions/final.txt"])
@pytest.mark.parametrize("junk", ["x" * 10**6, "x" * 200_000, "[" * 200_000, "> " * 100_000, "- " * 100_000])
def test_endless_lines_end_soon(course: CourseOnDisk, name: str, junk: str) -> None:
    course.change(name, "\n", "\n" + junk + "\n")
    begun = time.monotonic()
    assert course.problems()
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize("junk", ["[", "![", "> ", "- ", "*a ", "`", "<", "\\", "|a"])
def test_hard_markdown_within_the_limits_is_read_or_refused_in_bounded_time(course: CourseOnDisk, junk: str) -> None:
    course.write("lessons/layers.md", "+++\ntitle='L'\nkind='text'\nminutes=1\n+++\n" + (junk * 5000)[:15000] + "\n")
    begun = time.monotonic()
    with contextlib.suppress(FolderProblems):
        course.read()
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.md\nb.md", "a.md\\nb.md"),
        ("a\u202edm.b", "a\\u202edm.b"),
        (os.fsdecode(b"a\xff.md"), "a\\udcff.md"),
        ("合谷 1.md", "合谷 1.md"),
    ],
)
def test_a_problem_stays_on_its_line_whatever_its_file_is_called(name: str, shown: str) -> None:
    assert str(Problem(name, 3, "Mend this.")) == f"{shown}:3: Mend this."
    assert str(FolderProblems([Problem(name, 0, "Mend this.")])) == f"{shown}: Mend this."


def test_a_huge_file_is_refused_by_its_size_alone(course: CourseOnDisk) -> None:
    with (course.root / "lessons/layers.md").open("r+b") as stream:
        stream.truncate(10**12)
    with (course.root / "videos/depth.mp4").open("r+b") as stream:
        stream.truncate(10**12)
    assert ["too large" in problem.message for problem in course.problems()] == [True, True]


def test_old_and_odd_line_ends_and_a_byte_order_mark_are_read(course: CourseOnDisk) -> None:
    for name in ("course.toml", "lessons/layers.md", "questions/final.txt", "videos/depth.en.vtt"):
        text = (course.root / name).read_bytes()
        course.write(name, b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
    assert len(course.read().sections[0].lessons) == 3
