"""Seat time as arithmetic: what was played, as far as the server's clock allows, each part once."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from nok.learning.rules import (
    COMPLETE_PERCENT,
    LONGEST_GAP_MS,
    Beat,
    Interval,
    accept,
    is_complete,
    length,
    subtract,
    union,
)

FILM = 600_000  # ten minutes
CAP = 150  # one and a half times
SMALL = 60
ends = st.integers(-5, SMALL + 5)
intervals = st.lists(st.tuples(ends, ends), max_size=8)
elapsed = st.integers(-1000, LONGEST_GAP_MS)
caps = st.sampled_from([100, 150, 200])


def points(found: list[Interval]) -> set[int]:
    """Return the milliseconds that the intervals cover."""
    return {point for start, end in found for point in range(start, end)}


def beat(played: list[Interval], covered: list[Interval], elapsed_ms: int, film: int = FILM, cap: int = CAP) -> Beat:
    return accept(played, covered, elapsed_ms=elapsed_ms, speed_cap_percent=cap, length_ms=film)


@given(intervals)
def test_a_union_covers_the_same_in_order_and_apart(found: list[Interval]) -> None:
    merged = union(found)
    assert points(merged) == points(found)
    assert all(start < end for start, end in merged)
    assert all(before[1] < after[0] for before, after in pairwise(merged))
    assert length(merged) == len(points(found))


@given(intervals, intervals)
def test_what_is_left_is_what_was_not_taken(found: list[Interval], taken: list[Interval]) -> None:
    left = subtract(union(found), union(taken))
    assert points(left) == points(found) - points(taken)
    assert length(left) == len(points(left)), "no part twice"


@given(intervals, intervals, elapsed, caps)
def test_coverage_never_grows_by_more_than_the_clock_allows(
    played: list[Interval], covered: list[Interval], elapsed_ms: int, cap: int
) -> None:
    inside = union((max(0, start), min(end, SMALL)) for start, end in covered)
    found = beat(played, inside, elapsed_ms, SMALL, cap)
    grown = points(found.covered) - points(inside)
    assert found.allowed_ms == max(0, elapsed_ms) * cap // 100
    assert len(grown) <= found.allowed_ms
    assert grown == points(found.accepted)
    assert grown <= points(played) & set(range(SMALL)), "nothing is credited that was not played, or is not in the film"
    assert points(found.covered) >= points(inside), "nothing is taken back"


@given(intervals, intervals, elapsed)
def test_a_beat_sent_again_credits_nothing_more(
    played: list[Interval], covered: list[Interval], elapsed_ms: int
) -> None:
    first = beat(played, covered, elapsed_ms, SMALL)
    again = beat(list(first.accepted), first.covered, LONGEST_GAP_MS, SMALL)
    assert again.accepted == []
    assert again.covered == first.covered


@given(st.lists(st.integers(1000, 30_000), min_size=5, max_size=300), st.integers(50, CAP))
def test_honest_viewing_is_credited_in_full(waits: list[int], speed: int) -> None:
    position, covered = 0, list[Interval]()
    for wait in waits:
        end = min(position + wait * speed // 100, FILM)
        covered = beat([(position, end)], covered, wait).covered
        position = end
    assert covered == union([(0, position)])


@given(st.lists(st.tuples(st.integers(1000, 9000), st.booleans()), min_size=1, max_size=60))
def test_beats_that_are_lost_are_made_good_by_the_next(waits: list[tuple[int, bool]]) -> None:
    """A beat that got no answer is carried by the next one, as long as the silence is under a minute."""
    position, silence, carried, covered = 0, 0, list[Interval](), list[Interval]()
    for wait, lost in [*waits, (1000, False)]:
        silence += wait
        end = min(position + wait, FILM)
        carried.append((position, end))
        position = end
        if lost and silence + 9000 <= LONGEST_GAP_MS:
            continue
        covered, carried, silence = beat(carried, covered, silence).covered, [], 0
    assert covered == [(0, position)]


def test_dragging_to_the_end_is_credited_as_the_seconds_it_took() -> None:
    assert length(beat([(0, FILM)], [], 10_000).accepted) == 15_000
    assert length(beat([(FILM - 200, FILM)], [], 10_000).accepted) == 200
    assert length(beat([(0, FILM)], [], 0).accepted) == 0


@given(st.integers(151, 1600))
def test_faster_than_the_cap_is_credited_at_the_cap(speed: int) -> None:
    position, covered, clock = 0, list[Interval](), 0
    while position < FILM:
        end = min(position + 10_000 * speed // 100, FILM)
        covered = beat([(position, end)], covered, 10_000).covered
        position, clock = end, clock + 10_000
    assert length(covered) <= clock * CAP // 100
    assert speed <= CAP * 100 // COMPLETE_PERCENT + 1 or not is_complete(covered, FILM)


def test_three_times_the_speed_leaves_half_to_watch() -> None:
    covered = list[Interval]()
    for position in range(0, FILM, 30_000):
        covered = beat([(position, position + 30_000)], covered, 10_000).covered
    assert length(covered) == FILM // 2


def test_the_same_minute_again_and_again_is_one_minute() -> None:
    covered = list[Interval]()
    for _ in range(20):
        covered = beat([(0, 60_000)], covered, 40_000).covered
    assert covered == [(0, 60_000)]


def test_after_a_silence_of_more_than_a_minute_nothing_counts_and_it_is_said() -> None:
    known = [(0, 1000)]
    assert beat([(1000, 5000)], known, LONGEST_GAP_MS + 1) == Beat([], known, 0, paused=True)
    just = beat([(1000, 5000)], known, LONGEST_GAP_MS)
    assert (just.covered, just.paused) == ([(0, 5000)], False)


def test_a_clock_that_went_back_credits_nothing() -> None:
    assert beat([(0, 5000)], [], -5000).accepted == []


def test_a_lesson_is_complete_at_95_percent() -> None:
    assert is_complete([(0, 95_000)], 100_000)
    assert not is_complete([(0, 94_999)], 100_000)
    assert is_complete([(0, 50_000), (50_000, 95_000)], 100_000)
    assert not is_complete([(0, 50_000), (0, 50_000)], 100_000), "twice the same half is half"
    assert not is_complete([], 0)
    assert not is_complete([(0, 10)], 0), "a video whose length is not known is never complete"
