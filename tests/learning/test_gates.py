"""Gates: what stands before the certificate, and what each of them waits for."""

import pytest

from nok.learning.rules import Gate, GateKind, GateState, Work, all_done, gates, next_gate


def reading(slug: str, *, done: bool = False) -> Work:
    return Work(slug, GateKind.WATCH, done=done)


def paper(slug: str = "paper", state: str = "") -> Work:
    """A worksheet that is a draft, submitted, returned or accepted."""
    return Work(
        slug,
        GateKind.WORKSHEET,
        done=state == "accepted",
        handed_in=state in {"submitted", "accepted"},
        returned=state == "returned",
    )


def final(slug: str = "test", *, done: bool = False, best: int | None = None, left: int | None = 3) -> Work:
    return Work(slug, GateKind.TEST, done=done, best_percent=best, attempts_left=left)


def word(*, done: bool = False) -> Work:
    return Work("evaluation", GateKind.EVALUATION, done=done)


def found(work: list[Work]) -> dict[GateKind, Gate]:
    return {gate.kind: gate for gate in gates(work, 75)}


def states(*work: Work) -> dict[str, str]:
    return {gate.kind.value: gate.state.value for gate in gates(work, 75)}


READ = [reading("a", done=True), reading("b", done=True)]


def test_before_anything_is_done_the_lessons_are_open_and_the_test_waits_for_them() -> None:
    watch, test = gates([reading("a"), reading("b"), final()], 75)
    assert watch == Gate(GateKind.WATCH, GateState.OPEN, ("a", "b"))
    assert (test.kind, test.state, test.missing, test.pass_mark) == (GateKind.TEST, GateState.BLOCKED, ("a", "b"), 75)
    assert test.blocked_by is GateKind.WATCH


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
    passed = gates([*READ, final(done=True, best=91)], 75)
    assert (passed[1].state, passed[1].best_percent) == (GateState.DONE, 91)
    assert all_done(passed)


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
        ([paper(state="accepted")], [GateKind.WORKSHEET, GateKind.REVIEW]),
        ([word(done=True)], [GateKind.EVALUATION]),
        ([word(done=True), final(done=True), paper(state="accepted"), *READ], list(GateKind)),
    ],
)
def test_a_gate_that_has_nothing_to_guard_is_not_there(work: list[Work], kinds: list[GateKind]) -> None:
    assert [gate.kind for gate in gates(work, 75)] == kinds, "in this order, wherever the lessons stand"
    assert all_done(gates(work, 75))


def test_a_course_without_any_lesson_is_never_completed() -> None:
    assert gates([], 75) == []
    assert not all_done([])


@pytest.mark.parametrize(
    ("state", "worksheet", "review"),
    [
        ("", "open", "blocked"),
        ("returned", "open", "blocked"),
        ("submitted", "done", "waiting"),
        ("accepted", "done", "done"),
    ],
)
def test_a_worksheet_is_handed_in_and_then_reviewed(state: str, worksheet: str, review: str) -> None:
    test = "open" if review == "done" else "blocked"
    assert states(*READ, paper(state=state), final(), word()) == {
        "watch": "done",
        "worksheet": worksheet,
        "review": review,
        "test": test,
        "evaluation": "blocked",
    }


def test_a_worksheet_may_be_written_before_the_lessons_are_done_and_the_test_waits_for_both() -> None:
    assert states(reading("a"), paper(), final())["worksheet"] == "open"
    assert found([reading("a"), paper(), final()])[GateKind.TEST].blocked_by is GateKind.WATCH
    assert found([*READ, paper(), final()])[GateKind.TEST].blocked_by is GateKind.WORKSHEET
    waiting = found([*READ, paper("p", "submitted"), final()])[GateKind.TEST]
    assert (waiting.blocked_by, waiting.missing) == (GateKind.REVIEW, ("p",))


def test_what_came_back_comes_first() -> None:
    gate = found([paper("one"), paper("two", "returned"), paper("three", "submitted")])[GateKind.WORKSHEET]
    assert (gate.missing, gate.returned) == (("two", "one"), 1)


def test_a_review_that_waits_is_seen_although_another_worksheet_is_not_handed_in() -> None:
    review = found([paper("one"), paper("two", "submitted")])[GateKind.REVIEW]
    assert (review.state, review.missing) == (GateState.WAITING, ("two",))


def test_the_evaluation_opens_after_the_test_and_all_is_done_after_it() -> None:
    passed = [*READ, final(done=True, best=80)]
    assert found([*READ, final(), word()])[GateKind.EVALUATION].blocked_by is GateKind.TEST
    assert found([*READ, final(best=1, left=0), word()])[GateKind.EVALUATION].state is GateState.BLOCKED
    assert found([*passed, word()])[GateKind.EVALUATION].state is GateState.OPEN
    assert not all_done(gates([*passed, word()], 75))
    assert all_done(gates([*passed, word(done=True)], 75))


def test_without_a_test_the_evaluation_waits_for_what_there_is() -> None:
    assert found([reading("a"), word()])[GateKind.EVALUATION].blocked_by is GateKind.WATCH
    assert states(*READ, word())["evaluation"] == "open"


def test_an_evaluation_that_was_sent_stays_done() -> None:
    assert states(reading("a"), word(done=True)) == {"watch": "open", "evaluation": "done"}


def test_the_next_gate_is_one_that_the_learner_can_work_on() -> None:
    work = [reading("a"), paper(state="submitted"), final()]
    assert next_gate(gates(work, 75)) == Gate(GateKind.WATCH, GateState.OPEN, ("a",))
    waiting = next_gate(gates([*READ, paper(state="submitted"), final()], 75))
    assert waiting is not None
    assert waiting.kind is GateKind.REVIEW
    assert next_gate(gates(READ, 75)) is None
