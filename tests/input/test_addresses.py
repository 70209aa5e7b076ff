"""Addresses and query strings that people mistype, shorten, or make up."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.factories.world import World
from tests.input.odd import BEYOND, HARMLESS, PATH_NUMBERS, TEXTS
from tests.pages import Browser, Page, content


@pytest.fixture
def student(site: World, enter: Callable[[str], Browser]) -> Browser:
    return enter("student")


@pytest.mark.parametrize("page", ["0", "-1", str(10**30), str(BEYOND), "9" * 5000, "1000001"])
def test_a_page_of_the_catalog_that_cannot_be_is_not_found(page: str, site: World, guest: Browser) -> None:
    answer = guest.client.get(f"/courses?page={page}")
    assert answer.status_code in {200, 404}
    assert answer.status_code == 404 or len(page) > 4000, "a number too long to be read is none"


@pytest.mark.parametrize("page", ["1", "", "x", "1.5", "1e9", "%00", "%EF%BC%92", "1&page=2", "[]"])
def test_a_page_that_is_no_number_is_the_first(page: str, site: World, guest: Browser) -> None:
    assert "Needle Safety" in guest.get(f"/courses?page={page}").text


@pytest.mark.parametrize("page", [2, 10_000])
def test_a_page_past_the_last_shows_the_last(page: int, site: World, guest: Browser) -> None:
    assert "Needle Safety" in guest.get(f"/courses?page={page}").text


@pytest.mark.parametrize("odd", ["long", "NUL", "escape", "right-to-left override", "isolate"])
def test_an_odd_search_is_refused_with_a_sentence_and_kept(odd: str, site: World, guest: Browser) -> None:
    answer = guest.get(f"/courses?q={quote(TEXTS[odd])}", expect=422)
    assert 'id="q-error"' in answer.text
    found = next(field for field in Page(answer.text).all("input") if field.get("name") == "q")
    assert found["value"] == TEXTS[odd]


@pytest.mark.parametrize("text", HARMLESS)
def test_an_unusual_search_finds_nothing_and_shows_what_was_typed(text: str, site: World, guest: Browser) -> None:
    page = guest.get(f"/courses?q={quote(HARMLESS[text])}").text
    assert "Nothing matches" in page
    assert "<script>alert" not in page
    found = next(field for field in Page(page).all("input") if field.get("name") == "q")
    assert found["value"] == HARMLESS[text]


@pytest.mark.parametrize("wildcard", ["%", "\\", "%%%%", "Nee%le", "N_edle", "\\%", "[a-z]", "*"])
def test_a_wildcard_is_a_character(wildcard: str, site: World, guest: Browser) -> None:
    page = guest.get(f"/courses?q={quote(wildcard)}").text
    assert "Nothing matches" in page


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF", "q=needle&q=x", "q[]=x", "q", "=", "&&&", "q=" + "a+" * 100])
def test_a_broken_query_string_is_no_failure(query: str, site: World, guest: Browser) -> None:
    assert guest.client.get(f"/courses?{query}").status_code in {200, 422}


@pytest.mark.parametrize("before", ["0", "-1", "x", "", str(BEYOND), "-" + str(BEYOND), "9" * 30, "9" * 5000, "1.5"])
def test_the_feed_before_a_place_that_is_none(before: str, student: Browser) -> None:
    assert student.client.get(f"/notifications?before={before}").status_code in {200, 404}


@pytest.mark.parametrize("given", ["-1", "x", "", "9" * 18, str(BEYOND), "9" * 400, "1, 2", "\xb2"])
def test_a_stream_goes_on_from_wherever_it_is_asked(given: str, student: Browser) -> None:
    for headers, query in (({"Last-Event-ID": given}, {}), ({}, {"after": given})):
        answer = student.client.get("/events", headers=headers, query_string=query)
        assert answer.status_code == 200
        assert next(iter(answer.response))
        answer.close()


@pytest.mark.parametrize("number", PATH_NUMBERS, ids=lambda value: f"{len(value)} digits {value[:10]}")
def test_an_attempt_that_is_not_there(number: str, site: World, student: Browser) -> None:
    path = f"/learn/{site.open_course}/final-test/attempts/{number}"
    student.get(path, expect=404)
    assert student.submit(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/courses/No-Such",
        "/courses/needle_safety",
        "/courses/needle-safety/",
        "/courses/" + "a" * 5000,
        "/courses/%00",
        "/courses/%2e%2e",
        "/courses/needle-safety%0a",
        "/articles/x/pictures/..%2f..%2fnok.sqlite3",
        "/articles/how-it-heals/pictures/none.svg",
        "/learn/needle-safety/nothing",
        "/learn/nothing",
        "/verify/%00",
        "/verify/" + "x" * 201,
        "/certificates/..%2f..%2fkeys%2fsecret-key.pdf",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static/build/..%2f..%2f..%2fpyproject.toml",
        "/dev/mail/..%2f..%2fkeys",
        "/dev/mail/none",
        "/account/confirm/x/y",
        "/.git/config",
        "/admin.php",
    ],
)
def test_an_address_with_nothing_there_says_so(path: str, student: Browser) -> None:
    answer = student.get(path, expect=404)
    assert "Traceback" not in answer.text
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    "serial", ["x", "NK-", "nk-0000", "%E2%80%AE", "<b>", "足三里", "a" * 200, "NK-0000-0000-0000-0000-0"]
)
def test_a_serial_that_is_none_is_not_valid_and_shown_as_typed(serial: str, site: World, guest: Browser) -> None:
    page = guest.get(f"/verify/{quote(serial) if '%' not in serial else serial}", expect=404).text
    assert "not valid" in page.lower()
    assert "<b>" not in page
    told = guest.client.get(f"/verify/{quote(serial) if '%' not in serial else serial}.json")
    assert told.status_code == 404
    assert content(told)["status"] == "not found"


@pytest.mark.parametrize("typed", ["", " ", "a" * 201, "\0", "a\u202eb"])
def test_the_verify_form_asks_again(typed: str, site: World, guest: Browser) -> None:
    page = guest.get(f"/verify?serial={quote(typed)}", expect=422).text
    assert 'id="serial-error"' in page


@pytest.mark.parametrize("shape", [str.lower, lambda text: text.replace("-", " "), lambda text: f"  {text} "])
def test_a_serial_may_be_typed_as_people_type(shape: Callable[[str], str], site: World, guest: Browser) -> None:
    answer = guest.get(f"/verify?serial={quote(shape(site.serial))}", expect=303)
    assert answer.location == f"/verify/{site.serial}"
    guest.get(answer.location)


def test_a_serial_with_a_slash_is_not_valid(site: World, guest: Browser) -> None:
    page = guest.get("/verify?serial=a/b", expect=404).text
    assert "not valid" in page.lower()
    assert 'value="a/b"' in page
