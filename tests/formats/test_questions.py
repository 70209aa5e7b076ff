from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.formats import questions
from nok.formats.problems import FolderProblems, Problem
from nok.formats.questions import Choice, Kind, Question

WORD = st.text(alphabet="abcÄ深 *-x(1)", min_size=1, max_size=12).map(lambda word: "a" + word.strip() + "z")
PARAGRAPHS = st.lists(WORD, min_size=1, max_size=3).map("\n\n".join)


@st.composite
def question(draw: st.DrawFn, number: int) -> Question:
    kinds: tuple[Kind, ...] = ("single", "multiple")
    kind = draw(st.sampled_from(kinds))
    texts = draw(st.lists(WORD, min_size=2, max_size=5, unique=True))
    right = [draw(st.booleans()) for _ in texts] if kind == "multiple" else [False] * len(texts)
    right[draw(st.integers(0, len(texts) - 1))] = True
    choices = tuple(Choice(text, mark) for text, mark in zip(texts, right, strict=True))
    return Question(f"q-{number}", kind, draw(PARAGRAPHS), choices, draw(st.just("") | PARAGRAPHS), 0)


@given(st.integers(1, 4).flatmap(lambda count: st.tuples(*map(question, range(count)))))
def test_what_is_written_is_read_back_the_same(asked: tuple[Question, ...]) -> None:
    read = questions.parse(questions.write(asked), "a.txt")
    assert tuple(replace(one, line=0) for one in read) == asked


@given(st.text(alphabet="#q-ab ()[]x>/\n", max_size=120))
def test_any_text_is_read_or_told_with_lines_inside_it(text: str) -> None:
    found, told = 0, tuple[Problem, ...]()
    try:
        found = len(questions.parse(text, "a.txt"))
    except FolderProblems as error:
        told = error.problems
    assert bool(found) != bool(told)
    assert all(0 <= problem.line <= text.count("\n") + 1 for problem in told)


def test_a_file_reads_as_it_looks() -> None:
    one, two = questions.parse(
        "// note\n"
        "## q-one\nStem **bold**\n\n- list in the stem\n\n- ( ) no\n- (X) yes\n> Because\n>\n> so.\n\n"
        "## q-two\nAll?\n- [x] a\n- [ ] b\n",
        "a.txt",
    )
    assert one.stem == "Stem **bold**\n\n- list in the stem"
    assert (one.kind, one.explanation, one.line) == ("single", "Because\n\nso.", 2)
    assert (two.kind, [choice.right for choice in two.choices]) == ("multiple", [True, False])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 0, "no question"),
        ("Stem\n", 1, "Begin each part"),
        ("## Layers\nS\n- (x) a\n- ( ) b\n", 1, "cannot name"),
        ("## q-a\n\n- (x) a\n- ( ) b\n", 1, "no stem"),
        ("## q-a\nS\n- (x) a\n", 1, "two or more"),
        ("## q-a\nS\n- (x) a\n- (x) b\n", 1, "exactly one"),
        ("## q-a\nS\n- [ ] a\n- [ ] b\n", 1, "marked right"),
        ("## q-a\nS\n- (x) a\n- [ ] b\n", 4, "not both"),
        ("## q-a\nS\n- (x) a\n- ( ) a\n", 4, "twice"),
        ("## q-a\nS\n- (x) a\n- (y) b\n- ( ) c\n", 4, "Mark a right choice"),
        ("## q-a\nS\n- (x) a\n- ( ) \n- ( ) c\n", 4, "no words"),
        ("## q-a\nS\n- (x) a\n- b\n- ( ) c\n", 4, "A choice begins"),
        ("## q-a\nS\n- (x) a\nmore\n- ( ) c\n", 4, "begin the line with >"),
        ("## q-a\nS\n> e\n- (x) a\n- ( ) c\n", 3, "comes after"),
        ("## q-a\nS\n- (x) a\n- ( ) c\n> e\n- ( ) d\n", 6, "comes after"),
        ("## q-a\nS\n- (x) a\n- ( ) c\n## q-a\nS\n- (x) a\n- ( ) c\n", 5, "line 1"),
    ],
)
def test_a_mistake_is_named_where_it_stands(text: str, line: int, message: str) -> None:
    with pytest.raises(FolderProblems) as told:
        questions.parse(text, "a.txt")
    assert [(p.line, message in p.message) for p in told.value.problems] == [(line, True)]
