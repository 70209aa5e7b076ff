"""What two versions of an article have in common is shown word by word, character by character in Chinese."""

from nok.articles.rules import Kind, compare


def changes(old: list[str], new: list[str]) -> list[list[tuple[str, str]]]:
    """Return the stretches of each paragraph that is not the same in both."""
    paragraphs = compare(tuple(old), tuple(new))
    return [[(kind.value, text) for kind, text in each.stretches] for each in paragraphs if each.changed]


def test_a_word_is_another() -> None:
    assert changes(["Press for two minutes."], ["Press for three minutes."]) == [
        [("same", "Press for "), ("taken", "two "), ("added", "three "), ("same", "minutes.")]
    ]


def test_in_chinese_one_character_is() -> None:
    assert changes(["足三里直刺十分"], ["足三里直刺五分"]) == [
        [("same", "足三里直刺"), ("taken", "十"), ("added", "五"), ("same", "分")]
    ]


def test_a_paragraph_that_went_does_not_put_the_others_beside_the_wrong_ones() -> None:
    old = ["This one will be taken out.", "The needle enters slowly.", "Then look at the point again."]
    new = ["The needle enters very slowly.", "Then look at the point once again.", "Nothing of this was there before!"]
    told = changes(old, new)
    assert told[0] == [("taken", old[0])]
    assert [kind for kind, _text in told[1]] == [Kind.SAME, Kind.ADDED, Kind.SAME]
    assert [kind for kind, _text in told[2]] == [Kind.SAME, Kind.ADDED, Kind.SAME]
    assert told[3] == [("added", new[2])]
