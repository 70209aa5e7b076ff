"""The description of the API: what it names is there, and what is there is named."""

import json
import re
from typing import Any

import pytest
from flask import Flask

from tests.annotations.conftest import WORDS
from tests.annotations.test_my_notes import CONTAINER, mark
from tests.pages import Browser


@pytest.fixture
def described(guest: Browser) -> dict[str, Any]:
    answer = guest.get("/api/v1/openapi.json")
    assert answer.mimetype == "application/json"
    told: dict[str, Any] = answer.get_json()
    return told


def test_every_door_of_annotations_is_described_and_no_other(app: Flask, described: dict[str, Any]) -> None:
    doors = {
        (re.sub(r"<[^>]*>", "{id}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(CONTAINER)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    told = {(path, method) for path, doors in described["paths"].items() for method in doors if method != "parameters"}
    assert told == doors


def test_whatever_it_refers_to_is_in_it(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1.")
    for reference in re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(described)):
        found = described
        for step in reference.split("/"):
            found = found[step]
        assert found["type"] == "object"


def test_what_it_says_of_answers_is_so(reader: Browser, article: str, described: dict[str, Any]) -> None:
    note = mark(reader, article, WORDS[:10])
    one = described["paths"][f"{CONTAINER}{{id}}"]
    got = reader.client.get(CONTAINER + note)
    assert set(one["get"]["responses"]["200"]["headers"]) <= set(got.headers.keys())
    (kind,) = one["get"]["responses"]["200"]["content"]
    assert kind == got.content_type
    known = described["components"]["schemas"]["Annotation"]["properties"]
    assert set(known) >= set(got.get_json(force=True)) - {"created", "modified"}
    token = {"X-CSRFToken": reader.token()}
    for headers, status in (({}, "428"), ({"If-Match": '"9"'}, "412")):
        refused = reader.client.put(CONTAINER + note, json={}, headers=token | headers)
        assert str(refused.status_code) == status
        assert status in one["put"]["responses"]
