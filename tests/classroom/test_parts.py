"""A transcript in parts: together they are the whole film, none is longer than a minute, and no word is lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nok.classroom.queries.parts import MOST_MS, Cue, Part, parts

FILM = 150_000


def cue(start: int, end: int, text: str = "words") -> Cue:
    return Cue(f"c-{start}", start, end, text)


def places(found: list[Part]) -> list[tuple[int, int]]:
    return [(part.start_ms, part.end_ms) for part in found]


def test_a_part_ends_where_a_cue_ends() -> None:
    cues = [cue(0, 25_000), cue(26_000, 50_000), cue(50_000, 70_000), cue(71_000, 105_000), cue(110_000, 149_000)]
    assert places(parts(cues, FILM)) == [(0, 50_000), (50_000, 105_000), (105_000, 150_000)]


def test_a_short_film_is_one_part() -> None:
    found = parts([cue(0, 1000, "Look"), cue(1000, 2000, "here.")], 30_000)
    assert found == [Part(1, 0, 30_000, "Look here.")]


def test_where_nobody_speaks_for_minutes_a_part_ends_after_each_minute() -> None:
    assert places(parts([cue(0, 10_000)], FILM)) == [(0, 10_000), (10_000, 70_000), (70_000, 130_000), (130_000, FILM)]
    assert places(parts([], FILM)) == [(0, 60_000), (60_000, 120_000), (120_000, FILM)]


def test_cues_beyond_the_end_of_the_film_make_no_part_of_their_own() -> None:
    assert places(parts([cue(0, 20_000), cue(29_000, 40_000)], 30_000)) == [(0, 30_000)]


@given(st.lists(st.tuples(st.integers(0, 400_000), st.integers(1, 90_000)), max_size=40), st.integers(1, 400_000))
def test_together_the_parts_are_the_film(spoken: list[tuple[int, int]], length: int) -> None:
    cues = [cue(start, start + lasts) for start, lasts in sorted(spoken)]
    found = parts(cues, length)
    assert found[0].start_ms == 0
    assert found[-1].end_ms == length
    assert all(before.end_ms == after.start_ms for before, after in pairwise(found))
    assert all(0 < part.end_ms - part.start_ms <= MOST_MS for part in found)
    said = sum(len(part.text.split()) for part in found)
    assert said == sum(1 for each in cues if each.start_ms < length), "a word is lost or said twice"
