"""The table of points: whole, and consistent with itself."""

import unicodedata
from collections import Counter, defaultdict

import pytest

from nok.core import points
from nok.core.folding import fold

COUNTS = {
    "lu": 11, "li": 20, "st": 45, "sp": 21, "ht": 9, "si": 19, "bl": 67, "ki": 27, "pc": 9, "te": 23, "gb": 44,
    "lr": 14, "gv": 28, "cv": 24,
}  # fmt: skip
TABLE = points.table()
# Signs that are read in more than one way, of names that are said in more than one way.
READINGS = {"差": 2, "攒": 2, "率": 2, "膻": 3, "瘈": 2, "瘛": 2}


def test_every_channel_has_its_points_in_order() -> None:
    expected = [f"{channel}{number}" for channel, count in COUNTS.items() for number in range(1, count + 1)]
    assert [code for code, _, _ in TABLE] == expected
    assert len(TABLE) == 361
    assert points.LENGTHS == COUNTS


def test_no_two_points_share_their_hanzi() -> None:
    signs = Counter(sign for _, _, signs in TABLE for sign in signs)
    assert [sign for sign, count in signs.items() if count > 1] == []


def test_every_name_has_a_syllable_for_each_sign_and_a_tone_on_each_syllable() -> None:
    for code, sounds, signs in TABLE:
        assert {len(sound.split()) for sound in sounds} & {len(sign) for sign in signs}, code
        for syllable in " ".join(sounds).split():
            assert set(unicodedata.normalize("NFD", syllable)) & set("\u0300\u0301\u0304\u030c"), (code, syllable)


def test_a_sign_is_read_the_same_in_every_name() -> None:
    readings: dict[str, set[str]] = defaultdict(set)
    for _, sounds, signs in TABLE:
        for sound in sounds:
            for sign in signs:
                syllables = sound.lower().split()
                # Two names of one point that are other words ("Water Ditch", "Human Center") pair in their order.
                if len(syllables) == len(sign) and sounds.index(sound) == min(signs.index(sign), len(sounds) - 1):
                    for syllable, letter in zip(syllables, sign, strict=True):
                        readings[letter].add(syllable)
    odd = {letter: found for letter, found in readings.items() if len(found) > READINGS.get(letter, 1)}
    assert odd == {}


@pytest.mark.parametrize("sign", ["足三里", "合谷", "关元俞", "听宫", "膻中", "龈交"])
def test_hanzi_of_the_table_are_simplified_as_folding_has_them(sign: str) -> None:
    assert fold(sign) == sign


def test_the_whole_table_is_as_folding_has_it() -> None:
    assert [sign for _, _, signs in TABLE for sign in signs if fold(sign) != sign] == []
