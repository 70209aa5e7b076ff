"""The W3C Web Annotation Protocol, as any program would speak it."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from nok.formats.web_annotation import MEDIA_TYPE
from tests.pages import Browser

CONTAINER = "/api/v1/annotations/"
PLAIN = {"exact": "Press for two minutes"}


def target(article: str, number: int = 1, **selector: Any) -> dict[str, Any]:
    return {
        "source": f"{article}/revisions/{number}",
        "styleClass": "jade",
        "selector": {"type": "TextQuoteSelector", **(selector or PLAIN)},
    }


def made(reader: Browser, article: str, **body: Any) -> TestResponse:
    answer = reader.send_json(CONTAINER, {"type": "Annotation", "target": target(article)} | body)
    assert answer.status_code == 201, answer.text
    return answer


def test_what_is_made_can_be_read_back_and_says_where_it_stands(reader: Browser, article: str) -> None:
    answer = made(reader, article, body={"type": "TextualBody", "value": "Ask <b>why</b>."})
    again = reader.client.get(answer.headers["Location"])
    assert again.content_type == MEDIA_TYPE
    assert again.headers["ETag"] == answer.headers["ETag"] == '"1"'
    assert 'rel="type"' in again.headers["Link"]
    assert "Accept" in again.headers["Vary"]
    assert {"PUT", "DELETE"} <= {word.strip() for word in again.headers["Allow"].split(",")}
    told = again.get_json(force=True)
    assert told["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (told["type"], told["motivation"], told["body"]["value"]) == ("Annotation", "commenting", "Ask <b>why</b>.")
    position, quote = told["target"]["selector"]
    assert quote == {
        "type": "TextQuoteSelector",
        "exact": "Press for two minutes",
        "prefix": "The skin\nThe needle enters slowly. "[-32:],
        "suffix": ", longer with an anticoagulant.\n",
    }
    assert position["end"] - position["start"] == len(quote["exact"])
    assert told["target"]["source"].endswith(f"{article}/revisions/1")


def test_a_change_needs_the_version_that_is_changed(reader: Browser, article: str) -> None:
    where = made(reader, article).headers["Location"]
    body = {"body": "Second thoughts.", "target": target(article)}
    token = {"X-CSRFToken": reader.token()}
    assert reader.client.put(where, json=body, headers=token).status_code == 428
    changed = reader.send_json(where, body, method="PUT", version='"1"')
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    late = reader.send_json(where, {"body": "Lost?", "target": target(article)}, method="PUT", version='"1"')
    assert late.status_code == 412
    assert "changed meanwhile" in late.get_json(force=True)["error"]
    assert reader.client.get(where).get_json(force=True)["body"]["value"] == "Second thoughts."
    assert reader.client.get(where, headers={"If-None-Match": '"2"'}).status_code == 304


def test_what_is_sent_twice_under_one_name_is_made_once(reader: Browser, stranger: Browser, article: str) -> None:
    name = "3f2b8c1e-6f0a-4d2e-9a57-0d6f3d9c1b2a"
    whole = {"type": "Annotation", "body": "About all of it.", "target": f"{article}/revisions/1"}
    for _ in range(2):
        answer = reader.send_json(CONTAINER, whole, slug=name)
        assert (answer.status_code, answer.headers["Location"]) == (201, CONTAINER + name)
    assert reader.client.get(CONTAINER).get_json(force=True)["total"] == 1
    other = stranger.send_json(CONTAINER, whole, slug=name)
    assert other.headers["Location"] != CONTAINER + name, "a name that is taken is not given twice"
    odd = reader.send_json(CONTAINER, whole, slug="../../etc")
    assert odd.status_code == 201
    assert "etc" not in odd.headers["Location"]


def test_no_note_takes_the_place_of_another_on_the_same_words(reader: Browser, article: str) -> None:
    first = made(reader, article, body="One.").headers["Location"]
    second = made(reader, article, body="Two.").headers["Location"]
    assert first != second
    assert made(reader, article, body="One.").headers["Location"] == first, "sent twice"
    assert reader.client.get(first).get_json(force=True)["body"]["value"] == "One."
    assert reader.client.get(second).get_json(force=True)["body"]["value"] == "Two."
    assert reader.client.get(CONTAINER).get_json(force=True)["total"] == 2


def test_a_highlight_takes_a_new_color_and_a_note(reader: Browser, article: str) -> None:
    where = made(reader, article).headers["Location"]
    noted = made(reader, article, body="Why?", target=target(article) | {"styleClass": "rose"})
    again = made(reader, article, target=target(article) | {"styleClass": "sky"})
    assert noted.headers["Location"] == again.headers["Location"] == where
    told = reader.client.get(where).get_json(force=True)
    assert (told["body"]["value"], told["target"]["styleClass"]) == ("Why?", "sky")


def test_what_is_deleted_is_gone_for_programs(reader: Browser, article: str) -> None:
    where = made(reader, article).headers["Location"]
    assert reader.send_json(where, None, method="DELETE", version='"1"').status_code == 204
    assert reader.client.get(where).status_code == 404
    assert reader.send_json(where, None, method="DELETE").status_code == 404


def test_the_container_holds_mine_and_only_mine(reader: Browser, stranger: Browser, article: str) -> None:
    where = made(reader, article).headers["Location"]
    whole = reader.client.get(CONTAINER)
    assert "http://www.w3.org/ns/ldp#BasicContainer" in whole.headers["Link"]
    assert whole.headers["Accept-Post"] == MEDIA_TYPE
    assert "Prefer" in whole.headers["Vary"]
    told = whole.get_json(force=True)
    assert (told["total"], [item["id"].endswith(where) for item in told["first"]["items"]]) == (1, [True])
    minimal = {"Prefer": 'return=representation;include="http://www.w3.org/ns/ldp#PreferMinimalContainer"'}
    assert isinstance(reader.client.get(CONTAINER, headers=minimal).get_json(force=True)["first"], str)
    assert stranger.client.get(CONTAINER).get_json(force=True)["total"] == 0
    assert stranger.client.get(where).status_code == 404
    assert stranger.send_json(where, {"target": target(article)}, method="PUT").status_code == 404
    assert stranger.send_json(where, None, method="DELETE").status_code == 404


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (None, "annotation cannot be read"),
        ([], "annotation cannot be read"),
        ({"body": "x"}, "target cannot be read"),
        ({"target": 7}, "target cannot be read"),
        ({"target": "https://elsewhere.example/articles/how-it-heals", "body": "x"}, "address of an article"),
        ({"target": "/courses/needle-safety", "body": "x"}, "address of an article"),
        ({"target": "http://[", "body": "x"}, "address of an article"),
        ({"target": "//elsewhere.example/articles/how-it-heals", "body": "x"}, "address of an article"),
        ({"target": "/articles/how-it-heals\u0000", "body": "x"}, "address of an article"),
        ({"target": "/learn/a/b?revision=99999999999", "body": "x"}, "address of an article"),
        ({"target": "/articles/how-it-heals"}, "Select some words"),
        ({"target": "/articles/how-it-heals", "body": "x" * 20_000}, "at most 10000 characters"),
        ({"target": "/articles/how-it-heals", "body": "a\u202eb"}, "invisible character"),
        ({"target": "/articles/how-it-heals", "body": {"type": "Video"}}, "body cannot be read"),
        ({"target": {"source": "/articles/how-it-heals", "styleClass": "red"}, "body": "x"}, "styleClass"),
        ({"target": {"source": "/articles/how-it-heals", "selector": {"type": "XPathSelector"}}}, "target.selector"),
        ({"target": {"source": "/articles/how-it-heals", "selector": [{}] * 11}}, "target.selector"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(reader: Browser, article: str, body: Any, says: str) -> None:
    answer = reader.send_json(CONTAINER, body)
    assert answer.status_code == 422
    assert says in answer.get_json(force=True)["message"]
    assert reader.client.get(CONTAINER).get_json(force=True)["total"] == 0


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 4), (4, 4), (9, 4), (0, 10**6), (10**12, 10**12 + 1), (0.5, 3), ("0", 3), (True, 3)]
)
def test_places_outside_the_text_are_refused(reader: Browser, article: str, start: Any, end: Any) -> None:
    selector = {"type": "TextPositionSelector", "start": start, "end": end}
    answer = reader.send_json(CONTAINER, {"target": target(article) | {"selector": selector}})
    assert answer.status_code == 422


@pytest.mark.parametrize("source", ["/articles/how-it-heals/revisions/2", "/articles/no-such", "/learn/no/such"])
def test_what_cannot_be_read_cannot_be_annotated(reader: Browser, article: str, source: str) -> None:
    assert reader.send_json(CONTAINER, {"target": source, "body": "x"}).status_code == 404


def test_words_that_stand_twice_need_a_few_more(reader: Browser, article: str) -> None:
    twice = {"exact": "the", "prefix": "", "suffix": ""}
    answer = reader.send_json(CONTAINER, {"target": target(article, exact="e")})
    assert answer.status_code == 422, twice
    assert "times" in answer.get_json(force=True)["message"]


def test_marking_the_same_words_again_changes_the_color(reader: Browser, article: str) -> None:
    first = made(reader, article)
    again = reader.send_json(CONTAINER, {"target": target(article) | {"styleClass": "rose"}})
    assert again.headers["Location"] == first.headers["Location"]
    assert again.get_json(force=True)["target"]["styleClass"] == "rose"
    assert reader.client.get(CONTAINER).get_json(force=True)["total"] == 1
