"""The doors for scripts: wrong types, wrong numbers and broken JSON get a 4xx with a sentence, and change nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.factories import rows
from tests.factories.world import SESSION, World
from tests.input.odd import BEYOND, BROKEN, JSON, NUMBERS, PATH_NUMBERS
from tests.pages import Browser, content

BEAT: dict[str, Any] = {"session": SESSION, "seq": 2, "played": [[0, 500]], "position_ms": 500}


@pytest.fixture
def student(site: World, enter: Callable[[str], Browser]) -> Browser:
    return enter("student")


@pytest.fixture
def doors(site: World) -> list[str]:
    return [
        f"/api/v1/lessons/{site.video_lesson_id}/beats",
        f"/api/v1/attempts/{site.open_course}/final-test/1/answers",
        f"/api/v1/worksheets/{site.practice}/first-worksheet/answers",
    ]


def refused(browser: Browser, path: str, body: Any) -> None:
    answer = browser.send_json(path, body)
    assert 400 <= answer.status_code < 500, f"{body!r:.80}: {answer.status_code}"
    assert content(answer)["message"], "programs get a sentence, too"


@pytest.mark.parametrize("kind", JSON)
def test_json_that_means_nothing(kind: str, app: Flask, student: Browser, doors: list[str]) -> None:
    before = rows.all_rows(app)
    for path in doors:
        refused(student, path, JSON[kind])
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_bodies_that_are_no_json(kind: str, content_type: str, app: Flask, student: Browser, doors: list[str]) -> None:
    before, token = rows.all_rows(app), student.token()
    for path in doors:
        answer = student.client.post(path, data=BROKEN[kind], content_type=content_type, headers={"X-CSRFToken": token})
        assert 400 <= answer.status_code < 500, f"{path} answered {answer.status_code}"
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("field", ["seq", "position_ms"])
@pytest.mark.parametrize("value", NUMBERS, ids=repr)
def test_a_beat_counts_in_whole_numbers(field: str, value: Any, app: Flask, student: Browser, doors: list[str]) -> None:
    before = rows.all_rows(app)
    refused(student, doors[0], BEAT | {field: value})
    refused(student, doors[0], {key: kept for key, kept in BEAT.items() if key != field})
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize(
    "played",
    [
        None,
        "x",
        {},
        7,
        [7],
        [[1]],
        [[1, 2, 3]],
        [["a", "b"]],
        [[0, -1]],
        [[0, BEYOND]],
        [[0.5, 1]],
        [[True, 2]],
        [[0, 1]] * 501,
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_was_played_is_a_list_of_intervals(played: Any, app: Flask, student: Browser, doors: list[str]) -> None:
    before = rows.all_rows(app)
    refused(student, doors[0], BEAT | {"played": played})
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize(
    "session", [None, 7, "", "x", SESSION.upper() + "x", SESSION + "\n", "\0" * 36, "\ud800" * 36, [SESSION]], ids=repr
)
def test_a_player_has_a_uuid(session: Any, app: Flask, student: Browser, doors: list[str]) -> None:
    before = rows.all_rows(app)
    refused(student, doors[0], BEAT | {"session": session})
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("backward", [[[500, 0]], [[0, 0]], [[86_400_000, 86_400_000]]])
def test_intervals_of_no_length_are_credited_nothing(
    backward: list[list[int]], student: Browser, doors: list[str]
) -> None:
    answer = student.send_json(doors[0], BEAT | {"played": backward})
    assert (answer.status_code, content(answer)["changed"]) == (200, False)


@pytest.mark.parametrize(
    "answers",
    [None, 7, "x", [], {"1": 7}, {"1": "7"}, {"1": [None]}, {"1": [True]}, {"1": [[7]]}, {"x": ["7"]}, {"-1": ["7"]},
     {"1": [str(BEYOND)]}, {str(BEYOND): ["1"]}, {"\uff11": ["1"]}, {"\ud800": []}, {"1": [1.5]}, {"1": ["1"] * 501},
     {str(number): [] for number in range(501)}, {"999999999": []}],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_answers_name_choices_of_this_test(answers: Any, app: Flask, student: Browser, doors: list[str]) -> None:
    before = rows.all_rows(app)
    refused(student, doors[1], {"answers": answers})
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize(
    "answers",
    [None, 7, "x", [], {"w-stop": 7}, {"w-stop": None}, {"w-stop": ["x"]}, {"w-other": "x"}, {"\ud800": "x"},
     {"w-stop": "\ud800"}, {"w-stop": "a\0b"}, {"w-stop": "x" * 10_001}, {str(number): "" for number in range(501)}],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_texts_belong_to_prompts_of_this_worksheet(
    answers: Any, app: Flask, student: Browser, doors: list[str]
) -> None:
    before = rows.all_rows(app)
    refused(student, doors[2], {"answers": answers, "saves": 1})
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("saves", NUMBERS[:5] + NUMBERS[6:], ids=repr)
def test_a_saving_says_what_it_knew(saves: Any, app: Flask, student: Browser, doors: list[str]) -> None:
    before = rows.all_rows(app)
    refused(student, doors[2], {"answers": {"w-stop": "Other."}, "saves": saves})
    refused(student, doors[2], {"answers": {"w-stop": "Other."}})
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("number", PATH_NUMBERS, ids=lambda value: f"{len(value)} digits {value[:10]}")
@pytest.mark.parametrize(
    "pattern", ["/api/v1/lessons/{}/beats", "/api/v1/attempts/second-course/final-test/{}/answers"]
)
def test_a_number_in_the_address_that_names_nothing(
    pattern: str, number: str, app: Flask, site: World, student: Browser
) -> None:
    before = rows.all_rows(app)
    answer = student.send_json(pattern.format(number), BEAT | {"answers": {}})
    assert answer.status_code == 404
    assert rows.changed(before, rows.all_rows(app)) == {}


def test_a_beat_for_a_lesson_without_a_video_is_refused(app: Flask, site: World, student: Browser) -> None:
    before = rows.all_rows(app)
    refused(student, f"/api/v1/lessons/{site.video_lesson_id + 1}/beats", BEAT)
    assert rows.changed(before, rows.all_rows(app)) == {}
