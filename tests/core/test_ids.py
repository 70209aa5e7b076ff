"""Serials are copied by hand and read aloud; a slip must show."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nok.core.ids import CROCKFORD, new_block_key, new_serial, new_uuid, read_serial

SHAPE = re.compile(r"NK(?:-[0-9A-HJKMNP-TV-Z]{4}){4}-[0-9A-HJKMNP-TV-Z]|NK(?:-[0-9A-HJKMNP-TV-Z]{4}){4}-U")
serials = st.builds(new_serial)


@given(serials)
def test_a_serial_has_the_agreed_shape_and_reads_as_itself(serial: str) -> None:
    assert SHAPE.fullmatch(serial)
    assert read_serial(serial) == serial


@given(serials)
def test_every_single_wrong_character_shows(serial: str) -> None:
    for place, letter in enumerate(serial):
        if place < 3 or letter == "-":
            continue
        for other in CROCKFORD:
            if other != letter:
                assert read_serial(serial[:place] + other + serial[place + 1 :]) is None, (serial, place, other)


@given(serials)
def test_every_swap_of_neighbors_shows(serial: str) -> None:
    plain = serial.removeprefix("NK").replace("-", "")
    for place in range(len(plain) - 1):
        one, two = plain[place], plain[place + 1]
        if one != two:
            assert read_serial("NK" + plain[:place] + two + one + plain[place + 2 :]) is None, (serial, place)


@given(serials)
def test_case_spaces_hyphens_and_lookalikes_do_not_matter(serial: str) -> None:
    misread = serial[:2] + serial[2:].replace("0", "O").replace("1", "l")
    for typed in (serial.lower(), serial.replace("-", ""), serial.replace("-", " - "), f"\t{serial}\n", misread):
        assert read_serial(typed) == serial, typed


@pytest.mark.parametrize(
    "typed", ["", "NK", "NK-", "NK-0", "XX-0000-0000-0000-0000-0", "足三里", "NK-0000-0000-0000-000U-0", "\0"]
)
def test_what_is_no_serial_is_none(typed: str) -> None:
    assert read_serial(typed) is None


@given(st.text(max_size=40))
def test_no_text_is_too_odd_to_be_read(typed: str) -> None:
    found = read_serial(typed)
    assert found is None or SHAPE.fullmatch(found)


def test_ids_do_not_repeat() -> None:
    for make in (new_serial, new_uuid, new_block_key):
        assert len({make() for _ in range(2000)}) == 2000


def test_every_character_of_the_alphabet_is_used() -> None:
    used = set("".join(new_serial()[3:22].replace("-", "") for _ in range(300)))
    assert used == set(CROCKFORD)


def test_a_block_key_is_safe_as_an_id_on_a_page() -> None:
    assert re.fullmatch(r"b-[0-9a-z]{8}", new_block_key())
