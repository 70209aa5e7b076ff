"""Addresses: each says who may use it, links in the world do not rot, and only POST changes anything."""

import re

from flask import Flask

from nok.web.access import access_of
from tests.architecture import route_list

WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)?")
PART = re.compile(r"<(?:(?P<kind>[a-z]+)(?:\([^)]*\))?:)?(?P<name>[a-z_]+)>")
KINDS = {"slug", "file", "word", "int"}
FILES = "static"  # Flask's own route to the files of the front end


def test_every_endpoint_says_who_may_use_it(house: Flask) -> None:
    unmarked = [
        f"{view.__module__}.{view.__name__}"
        for endpoint, view in house.view_functions.items()
        if endpoint != FILES and access_of(view) is None
    ]
    assert not unmarked, f"put @public, @signed_in or @allowed(policy) right above `def` of {unmarked}"


def test_the_route_list_is_the_reviewed_one(house: Flask) -> None:
    kept, found = route_list.KEPT.read_text().splitlines(), route_list.lines(house)
    gone = [line for line in kept if line not in found]
    new = [line for line in found if line not in kept]
    assert kept == found, (
        f"gone: {gone}; new: {new}. Links in the world rely on addresses. If this is meant, run "
        "`python -m tests.architecture.route_list > tests/architecture/routes.txt` and let the difference be reviewed."
    )


def test_addresses_are_kebab_case(house: Flask) -> None:
    wrong = [
        rule.rule
        for rule in house.url_map.iter_rules()
        for part in PART.sub("x", rule.rule).strip("/").split("/")
        if part and not WORD.fullmatch(part)
    ]
    assert not wrong, f"write these addresses in lower case, with hyphens: {wrong}"


def test_every_part_of_an_address_has_a_type(house: Flask) -> None:
    bare = [
        f"{rule.rule} ({rule.endpoint})"
        for rule in house.url_map.iter_rules()
        for part in PART.finditer(rule.rule)
        if part["kind"] not in KINDS and rule.endpoint != FILES
    ]
    assert not bare, f"give each part one of the types {sorted(KINDS)}, as in <slug:course>: {bare}"


def test_only_get_and_post_are_spoken(house: Flask) -> None:
    wrong = {
        rule.rule: sorted(methods)
        for rule in house.url_map.iter_rules()
        # The protocol of web annotations has verbs of its own; My Notes does the same by POST.
        if not (rule.endpoint or "").startswith("annotations_api.")
        and (methods := (rule.methods or set()) - route_list.SILENT) - {"GET", "POST"}
    }
    assert not wrong, f"changes go by POST: forms know nothing else, and the token is checked there: {wrong}"
