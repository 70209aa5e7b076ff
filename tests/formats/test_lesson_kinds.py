"""Every kind of lesson and every field, right and wrong."""

from __future__ import annotations

import pytest

from tests.formats.course_on_disk import CourseOnDisk


@pytest.fixture
def full(course: CourseOnDisk) -> CourseOnDisk:
    course.with_every_kind()
    return course


def test_every_kind_of_lesson_is_read(full: CourseOnDisk) -> None:
    read = full.read()
    lessons = {lesson.slug: lesson for lesson in read.sections[0].lessons}
    assert (read.category, read.price_cents, read.currency, read.access_days) == ("Safety", 4950, "EUR", 365)
    assert read.approvals[0].delivery == "online, on demand"
    assert [slug for slug, lesson in lessons.items() if lesson.preview] == ["layers"]
    video, document, test = lessons["depth"].video, lessons["chart"].document, lessons["final"]
    assert video is not None
    assert [(one.start_ms, one.title) for one in video.chapters] == [
        (0, "What the skin is"),
        (65_000, 'A "second" part'),
    ]
    assert document is not None
    assert document.name == "chart.pdf"
    assert (test.draw, test.shuffle, test.asked) == (1, True, 1)
    assert [(one.key, one.least_words) for one in lessons["consent"].prompts] == [("w-first-visit", 60), ("w-stop", 0)]
    assert [picture.name for picture in read.pictures] == ["item.svg", "layers.svg"]


def test_without_them_a_course_is_free_and_stays_open(course: CourseOnDisk) -> None:
    read = course.read()
    assert (read.category, read.price_cents, read.currency, read.access_days) == ("", 0, "USD", 0)
    test = read.sections[0].lessons[-1]
    assert (test.draw, test.shuffle, test.asked) == (0, False, 1)


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "message"),
    [
        ("course.toml", '"49.50"', '"49,50"', 5, "an amount"),
        ("course.toml", '"49.50"', '"-1"', 5, "an amount"),
        ("course.toml", '"49.50"', "49.50", 5, "in quotes"),
        ("course.toml", '"49.50"', '"49.5"', 5, "an amount"),
        ("course.toml", '"49.50"', '"\u0664\u0669"', 5, "an amount"),
        ("course.toml", '"49.50"', '"1234567"', 5, "an amount"),
        ("course.toml", '"EUR"', '"euro"', 6, "three letters"),
        ("course.toml", "365", "-1", 7, "from 0"),
        ("course.toml", '"Safety"', f'"{"x" * 61}"', 4, "at most 60"),
        ("course.toml", 'slug = "needle-depth"', f'slug = "{"x" * 81}"', 2, "at most 80"),
        ("course.toml", "online, on demand", "x" * 81, 45, "at most 80"),
        ("course.toml", '"final",', "", 0, "No section"),
        ("lessons/layers.md", "preview = true", 'preview = "yes"', 5, "true or"),
        ("lessons/final.md", "draw = 1", "draw = 2", 5, "has 1"),
        ("lessons/final.md", "draw = 1", "draw = -1", 5, "from 0"),
        ("lessons/final.md", "draw = 1", "preview = true", 5, '"video" or "text" or "file"'),
        ("lessons/word.md", "minutes = 2", "minutes = 2\npreview = true", 5, "preview belongs"),
        ("lessons/layers.md", "preview = true", "draw = 3", 5, '"test"'),
        ("lessons/layers.md", "preview = true", 'worksheet = "worksheets/consent.txt"', 5, '"worksheet"'),
        ("lessons/depth.md", "1:05", "0:00", 6, "order of time"),
        ("lessons/depth.md", "1:05", "65", 7, "not a time"),
        ("lessons/depth.md", "1:05", "1:65", 7, "not a time"),
        ("lessons/depth.md", "What the skin is", "x" * 101, 5, "at most 100"),
        ("lessons/depth.md", "title = 'A", "name = 'A", 5, "not a known key"),
        ("lessons/depth.md", '"English"', f'"{"x" * 61}"', 10, "at most 60"),
        ("lessons/depth.md", '"en"', '"en-aaaaaaaa-bbbbbbbb-cccccccc"', 10, "at most 20"),
        ("lessons/chart.md", "files/chart.pdf", "pictures/item.svg", 5, "into files/"),
        ("lessons/chart.md", "files/chart.pdf", "files/../chart.pdf", 5, "into files/"),
        ("lessons/chart.md", "files/chart.pdf", "files/gone.pdf", 5, "is missing"),
        ("lessons/chart.md", 'file = "files/chart.pdf"\n', "", 2, "file is missing"),
        ("files/chart.pdf", "%PDF-1.4", "<html>", 0, "not a PDF"),
        ("lessons/consent.md", "worksheets/consent.txt", "worksheets/gone.txt", 6, "is missing"),
        ("worksheets/consent.txt", "As you", "![A talk](pictures/item.svg) As you", 0, "not shown here"),
        ("worksheets/consent.txt", "60 words", "many words", 6, "at least N words"),
        ("questions/final.txt", "pictures/item.svg", "pictures/gone.svg", 4, "is missing"),
        ("questions/final.txt", "Layers, drawn", "", 4, "cannot see"),
        ("questions/final.txt", "pictures/item.svg", "https://example.org/a.svg", 4, "cannot be shown"),
        ("questions/final.txt", "pictures/layers.svg", "../layers.svg", 8, "cannot be shown"),
        ("questions/final.txt", "(x) three", "(x) three ![3](pictures/item.svg)", 1, "not shown here"),
    ],
)
def test_a_mistake_is_named_where_it_stands_with_what_to_do(
    full: CourseOnDisk, file: str, old: str, new: str, line: int, message: str
) -> None:
    full.change(file, old, new)
    told = [problem for problem in full.problems() if message in problem.message]
    assert told, [str(problem) for problem in full.problems()]
    if line:
        assert line in [problem.line for problem in told]


def test_an_evaluation_is_the_last_lesson_and_there_is_one(full: CourseOnDisk) -> None:
    full.change("course.toml", '  "final",\n  "word",', '  "word",\n  "final",')
    assert (full.problem().file, "last lesson" in full.problem().message) == ("lessons/word.md", True)
    full.write("lessons/word-2.md", full.root.joinpath("lessons/word.md").read_bytes())
    full.change("course.toml", '  "final",\n', '  "final",\n  "word-2",\n')
    assert "at most one" in full.problem().message


def test_a_document_is_refused_by_its_size_alone(full: CourseOnDisk) -> None:
    with (full.root / "files/chart.pdf").open("r+b") as stream:
        stream.truncate(21 * 1024 * 1024)
    assert "too large" in full.problem().message


def test_a_picture_may_have_a_name_in_any_script(full: CourseOnDisk) -> None:
    (full.root / "pictures/item.svg").rename(full.root / "pictures/足三里.svg")
    full.change("questions/final.txt", "pictures/item.svg", "pictures/足三里.svg")
    assert "足三里.svg" in [picture.name for picture in full.read().pictures]
