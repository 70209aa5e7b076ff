from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.formats import worksheets
from nok.formats.problems import FolderProblems, Problem
from nok.formats.worksheets import MOST_LEAST_WORDS, Prompt

LINE = st.text(alphabet="abcÄ深 *->x(1)#", max_size=14).map(lambda line: ("a" + line).rstrip())
TEXT = st.lists(LINE | st.just(""), max_size=4).map(lambda lines: "\n".join(["a", *lines, "> quoted"]))


@st.composite
def prompt(draw: st.DrawFn, number: int) -> Prompt:
    return Prompt(f"w-{number}", draw(TEXT), draw(st.integers(0, MOST_LEAST_WORDS)), 0)


@given(st.integers(1, 4).flatmap(lambda count: st.tuples(*map(prompt, range(count)))))
def test_what_is_written_is_read_back_the_same(asked: tuple[Prompt, ...]) -> None:
    read = worksheets.parse(worksheets.write(asked), "a.txt")
    assert tuple(replace(one, line=0) for one in read) == asked


@given(st.text(alphabet="#w-a >atleswords12\n/", max_size=120))
def test_any_text_is_read_or_told_with_lines_inside_it(text: str) -> None:
    found, told = 0, tuple[Problem, ...]()
    try:
        found = len(worksheets.parse(text, "a.txt"))
    except FolderProblems as error:
        told = error.problems
    assert bool(found) != bool(told)
    assert all(0 <= problem.line <= text.count("\n") + 1 for problem in told)


def test_a_file_reads_as_it_looks() -> None:
    one, two = worksheets.parse(
        "// note\n## w-one\nSay **it**.\n\n> as you would\n> at least 60 words\n\n## w-two\nWhen?\n", "a.txt"
    )
    assert (one.key, one.text, one.least_words, one.line) == ("w-one", "Say **it**.\n\n> as you would", 60, 2)
    assert (two.key, two.text, two.least_words) == ("w-two", "When?", 0)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 0, "no task"),
        ("Task\n", 1, "Begin each part"),
        ("## First\nSay\n", 1, "cannot name"),
        (f"## w-{'a' * 90}\nSay\n", 1, "at most 80"),
        ("## w-a\n\n> at least 5 words\n", 1, "no words"),
        ("## w-a\nSay\n> at least sixty words\n", 3, "with N from 1"),
        ("## w-a\nSay\n> at least 0 words\n", 3, "with N from 1"),
        ("## w-a\nSay\n> at least 5001 words\n", 3, "with N from 1"),
        ("## w-a\nSay\n> at least 5 words\nmore\n", 3, "comes last"),
        ("## w-a\nSay\n## w-a\nSay\n", 3, "line 1"),
    ],
)
def test_a_mistake_is_named_where_it_stands(text: str, line: int, message: str) -> None:
    with pytest.raises(FolderProblems) as told:
        worksheets.parse(text, "a.txt")
    assert [(p.line, message in p.message) for p in told.value.problems] == [(line, True)]
