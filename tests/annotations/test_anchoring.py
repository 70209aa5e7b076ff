"""A highlight survives edits, and never stands on another passage as if nothing had happened."""

import random

import pytest

from nok.annotations.rules import Placement, Reanchoring, State, Words
from nok.annotations.rules.anchoring import NEIGHBORS
from nok.annotations.rules.words import SPEAKING
from tests.annotations.edits import Edited, Version, with_twins
from tests.annotations.texts import english_texts

OLD = (
    "The needle enters slowly.\nPress for two minutes, longer when the patient takes an anticoagulant. "
    "Then look at the point again, and write down what you saw.\nDe qi is a dull ache. Ask for it, never for pain."
)


def placed(old: str, new: str, quote: str, nth: int = 0) -> tuple[Placement, str]:
    """Return where the nth occurrence of a quote went, and the words there."""
    start = -1
    for _ in range(nth + 1):
        start = old.index(quote, start + 1)
    found = Reanchoring(old, new).place(start, start + len(quote))
    return found, new[found.start : found.end]


def test_an_edit_elsewhere_leaves_a_passage_alone() -> None:
    new = OLD.replace("enters slowly", "enters quickly and cleanly")
    found, words = placed(OLD, new, "Press for two minutes")
    assert (found.state, words) == (State.UNCHANGED, "Press for two minutes")


def test_half_a_word_stays_half_a_word() -> None:
    _, words = placed(OLD, "Read this first. " + OLD, "anticoag")
    assert words == "anticoag"


def test_a_comma_inside_is_shown_with_both_wordings() -> None:
    quote = "Press for two minutes, longer when the patient takes an anticoagulant."
    found, words = placed(OLD, OLD.replace("minutes, longer", "minutes; longer"), quote)
    assert (found.state, words) == (State.CHANGED, quote.replace(",", ";"))


@pytest.mark.parametrize("joint", ["\n", " "])
def test_paragraphs_may_be_split_and_joined(joint: str) -> None:
    new = OLD.replace("anticoagulant. Then", f"anticoagulant.{joint}Then").replace("saw.\nDe", "saw. De")
    for quote in ("an anticoagulant. Then look", "what you saw.\nDe qi"):
        found, words = placed(OLD, new, quote)
        assert (found.state, words.split()) == (State.UNCHANGED, quote.split())


def test_a_sentence_that_moved_keeps_its_highlight() -> None:
    quote = "Then look at the point again, and write down what you saw."
    found, words = placed(OLD, OLD.replace(" " + quote, "") + " " + quote, quote)
    assert (found.state, words) == (State.MOVED, quote)


def test_a_moved_and_reworded_sentence_is_found_and_says_so() -> None:
    quote = "Then look at the point again, and write down what you saw."
    reworded = "Then look at the point once more, and write down what you saw."
    found, words = placed(OLD, reworded + "\n" + OLD.replace(" " + quote, ""), quote)
    assert (found.state, words) == (State.CHANGED, reworded)


def test_what_was_deleted_is_nowhere() -> None:
    quote = "De qi is a dull ache."
    found, _ = placed(OLD, OLD.replace(quote + " ", ""), quote)
    assert found.state is State.ORPHAN


def test_what_is_half_gone_is_asked_about() -> None:
    quote = "Then look at the point again, and write down what you saw."
    found, _ = placed(OLD, OLD.replace("look at the point again, and write down", "note"), quote)
    assert found.state is State.ASK


def test_of_two_passages_that_say_the_same_none_is_taken_for_the_other() -> None:
    old = "Count the needles. Say the number. Wash your hands. Say the number. Close the lid."
    gone = "Count the needles. Say the number. Close the lid."
    for nth in (0, 1):
        found, _ = placed(old, gone, "Say the number.", nth)
        assert found.state not in {State.UNCHANGED, State.MOVED}, "nobody can tell which of the two is left"
    kept, words = placed(old, "First: " + old, "Say the number.", 1)
    assert (kept.state, kept.start) == (State.UNCHANGED, len("First: ") + old.rindex("Say"))
    assert words == "Say the number."


def test_chinese_is_read_character_by_character() -> None:
    old = "足三里是胃经的合穴。常用于强壮。取穴时屈膝。"
    found, words = placed(old, old.replace("常用于", "常常用于") + "请先问诊。", "取穴时屈膝")
    assert (found.state, words) == (State.UNCHANGED, "取穴时屈膝")
    found, words = placed(old, old.replace("胃经的合穴", "胃经之合穴"), "足三里是胃经的合穴")
    assert (found.state, words) == (State.CHANGED, "足三里是胃经之合穴")


@pytest.mark.parametrize("new", ["", " ", "\n", "…"])
def test_an_emptied_text_orphans_everything(new: str) -> None:
    assert placed(OLD, new, "two minutes")[0].state is State.ORPHAN


SAME = "Ask about blood thinners.\nInsert the needle straight, one cun deep.\nStop at the first ache."
TWO_POINTS = f"ST 36\n{SAME}\nSP 6\n{SAME}\nThat is all."


@pytest.mark.parametrize("kept", ["SP 6", "Sanyinjiao"])
def test_of_two_that_say_the_same_the_other_is_not_taken_for_the_one_that_went(kept: str) -> None:
    new = f"{kept}\n{SAME}\nThat is all."
    found, _ = placed(TWO_POINTS, new, "Insert the needle straight, one cun deep.")
    assert found.state in {State.CHANGED, State.ASK, State.ORPHAN}


def test_two_that_say_the_same_are_told_apart_by_what_stands_around_them() -> None:
    before = "\n".join(f"Line {number} says something of its own." for number in range(20))
    old, quote = f"{before}\n{TWO_POINTS}", "Insert the needle straight, one cun deep."
    found, words = placed(old, f"One more line.\n{old}", quote, 1)
    assert (found.state, words) == (State.UNCHANGED, quote)
    assert found.start == len("One more line.\n") + old.rindex(quote)


@pytest.mark.parametrize("seed", range(8))
def test_a_history_of_edits_with_known_truth(seed: int) -> None:
    """`python -m bench anchoring` does the same for many more passages and says the shares."""
    chance = random.Random(seed)
    for text in english_texts():
        edited = Edited.of(with_twins(text, seed) if seed % 2 else text, seed)
        first = edited.version()
        for _ in range(chance.choice([1, 3, 8, 20])):
            edited.edit()
        now = edited.version()
        reanchoring = Reanchoring(first.text, now.text)
        for passage in first.passages(chance, 30):
            found = reanchoring.place(*first.characters(passage))
            if found.state in {State.UNCHANGED, State.MOVED}:
                assert stands_right(first, now, passage, found)


def stands_right(first: Version, now: Version, passage: tuple[int, int], found: Placement) -> bool:
    """Whether what is shown in silence says the same, and has most of the very words, or nothing else says that.

    Fewer words than speak for themselves count with those around them.
    """
    start, end = first.characters(passage)
    same = "".join(first.text[start:end].split()) == "".join(now.text[found.start : found.end].split())
    old, new = Words(first.text), Words(now.text)
    said = old.around(passage, 0 if passage[1] - passage[0] >= SPEAKING else NEIGHBORS)
    alone = old.flat.count(said) == new.flat.count(said) == 1
    mine = now.origins(found.start, found.end) & {*range(*passage)}
    return same and (alone or 2 * len(mine) >= passage[1] - passage[0])
