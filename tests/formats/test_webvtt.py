from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.formats import webvtt
from nok.formats.problems import FolderProblems, Problem


def timed(milliseconds: int) -> str:
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


@given(st.lists(st.tuples(st.integers(0, 10**8), st.integers(1, 10**6)), min_size=1, max_size=8))
def test_times_are_read_to_the_millisecond(spans: list[tuple[int, int]]) -> None:
    spans.sort()
    body = "\n\n".join(f"{timed(a)} --> {timed(a + b)}\nwords" for a, b in spans)
    cues = webvtt.parse(f"WEBVTT\n\n{body}\n", "a.vtt")
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(a, a + b) for a, b in spans]
    assert len({cue.key for cue in cues}) == len(cues)


@given(st.text(alphabet="WEBVT\n 0:1.->a<>&", max_size=100))
def test_any_text_is_read_or_told_with_lines_inside_it(text: str) -> None:
    found, told = 0, tuple[Problem, ...]()
    try:
        found = len(webvtt.parse("WEBVTT\n\n" + text, "a.vtt"))
    except FolderProblems as error:
        told = error.problems
    assert bool(found) != bool(told)
    assert all(0 <= problem.line <= text.count("\n") + 3 for problem in told)


def test_the_transcript_is_plain_words() -> None:
    text = (
        "\ufeffWEBVTT Kind: captions\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nNOTE a --> b\r\n\r\n"
        "intro\r\n00:01.000 --> 00:02.500 line:90% align:start\r\n"
        "<v Lin>Zú Sān Lǐ &amp; <i>more</i>\r\n<00:00:01.500>words &lt;3 mm\r\n"
    )
    (cue,) = webvtt.parse(text, "a.vtt")
    assert cue == webvtt.Cue("intro", 1000, 2500, "Zú Sān Lǐ & more words <3 mm")


def test_a_shift_in_time_keeps_the_keys_and_the_same_words_twice_get_two() -> None:
    text = "WEBVTT\n\n00:0{}.000 --> 00:09.000\nAgain.\n\n00:0{}.000 --> 00:09.000\nAgain.\n"
    first, second = (webvtt.parse(text.format(n, n + 1), "a.vtt") for n in (1, 3))
    assert [cue.key for cue in first] == [cue.key for cue in second]
    assert first[0].key != first[1].key


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "WEBVTT"),
        ("1\n00:00:01,000 --> 00:00:02,000\nwords\n", 1, "WEBVTT"),
        ("WEBVTT\n", 0, "no caption"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nwords\n", 3, "comma"),
        ("WEBVTT\n\n00:01.000 -> 00:02.000\nwords\n", 3, "time line is missing"),
        ("WEBVTT\n\n0:01.000 --> 00:02.000\nwords\n", 3, "not a time line"),
        ("WEBVTT\n\n00:61.000 --> 02:02.000\nwords\n", 3, "not a time line"),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nwords\n", 3, "ends before"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\na\n\n00:01.000 --> 00:03.000\nb\n", 6, "order of time"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\na\n00:04.000 --> 00:05.000\nb\n", 5, "blank line"),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\n<i></i>\n", 3, "no words"),
        ("WEBVTT\n\nx\n00:02.000 --> 00:03.000\na\n\nx\n00:04.000 --> 00:05.000\nb\n", 7, "twice"),
    ],
)
def test_a_mistake_is_named_where_it_stands(text: str, line: int, message: str) -> None:
    with pytest.raises(FolderProblems) as told:
        webvtt.parse(text, "a.vtt")
    assert any(p.line == line and message in p.message for p in told.value.problems)
