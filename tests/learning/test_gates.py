"""Gates: what stands before the certificate, and what each of them waits for."""

import pytest

from nok.learning.rules import Gate, GateKind, GateState, Work, all_done, gates


def reading(slug: str, *, done: bool = False) -> Work:
    return Work(slug, test=False, done=done)


def final(slug: str = "test", *, done: bool = False, best: int | None = None, left: int | None = 3) -> Work:
    return Work(slug, test=True, done=done, best_percent=best, attempts_left=left)


READ = [reading("a", done=True), reading("b", done=True)]


def test_before_anything_is_done_the_lessons_are_open_and_the_test_waits_for_them() -> None:
    watch, test = gates([reading("a"), reading("b"), final()], 75)
    assert watch == Gate(GateKind.WATCH, GateState.OPEN, ("a", "b"))
    assert (test.kind, test.state, test.missing, test.pass_mark) == (GateKind.TEST, GateState.BLOCKED, ("a", "b"), 75)


def test_what_is_missing_is_named_in_order() -> None:
    watch, test = gates([reading("a", done=True), reading("b"), reading("c"), final()], 75)
    assert watch.missing == test.missing == ("b", "c")


def test_when_all_is_read_the_test_opens() -> None:
    watch, test = gates([*READ, final()], 75)
    assert (watch.state, watch.missing) == (GateState.DONE, ())
    assert (test.state, test.missing, test.best_percent, test.attempts_left) == (GateState.OPEN, ("test",), None, 3)


def test_after_a_try_that_failed_the_best_one_and_what_is_left_are_known() -> None:
    test = gates([*READ, final(best=66, left=1)], 75)[1]
    assert (test.state, test.best_percent, test.attempts_left) == (GateState.OPEN, 66, 1)


def test_when_no_try_is_left_the_gate_says_so() -> None:
    test = gates([*READ, final(best=66, left=0)], 75)[1]
    assert test.state is GateState.FAILED
    assert not all_done(gates([*READ, final(best=66, left=0)], 75))


def test_with_unlimited_tries_the_test_never_fails_for_good() -> None:
    assert gates([*READ, final(best=0, left=None)], 75)[1].state is GateState.OPEN


def test_when_the_test_is_passed_all_is_done() -> None:
    found = gates([*READ, final(done=True, best=91)], 75)
    assert (found[1].state, found[1].best_percent) == (GateState.DONE, 91)
    assert all_done(found)


def test_of_two_tests_both_must_be_passed_and_the_weaker_result_is_shown() -> None:
    one, two = final("one", done=True, best=100), final("two", best=10, left=2)
    waiting = gates([*READ, one, two], 75)[1]
    assert (waiting.state, waiting.missing) == (GateState.OPEN, ("two",))
    assert gates([*READ, one, final("two", done=True, best=80)], 75)[1].best_percent == 80


@pytest.mark.parametrize(
    ("work", "kinds"),
    [
        (READ, [GateKind.WATCH]),
        ([final(done=True)], [GateKind.TEST]),
        ([*READ, final(done=True)], [GateKind.WATCH, GateKind.TEST]),
    ],
)
def test_a_gate_that_has_nothing_to_guard_is_not_there(work: list[Work], kinds: list[GateKind]) -> None:
    assert [gate.kind for gate in gates(work, 75)] == kinds
    assert all_done(gates(work, 75))


def test_a_course_without_any_lesson_is_never_completed() -> None:
    assert gates([], 75) == []
    assert not all_done([])
