"""Every endpoint as every role."""

from collections.abc import Callable

import pytest
from flask import Flask

from nok.web.access import access_of
from tests.access.door import LOGIN, ROLES
from tests.access.doors import DOORS, addresses, knock, outcome
from tests.factories import rows
from tests.factories.world import World
from tests.pages import Browser, check_page, is_page


def test_the_table_names_every_door(app: Flask) -> None:
    assert set(addresses(app)) == set(DOORS), "say in tests/access/doors.py what each role finds behind the door"


def test_the_table_says_what_the_access_marks_say(app: Flask) -> None:
    for name, endpoint in addresses(app).items():
        refused = DOORS[name].expected("anonymous") in {LOGIN, 401}
        assert refused == (access_of(app.view_functions[endpoint]) not in {"public", None}), name


@pytest.mark.parametrize("role", ROLES)
def test_every_door_opens_as_the_table_says(role: str, site: World, enter: Callable[[str], Browser]) -> None:
    browser = enter(role)
    found = {}
    for name in DOORS:
        answer = knock(browser, name, site)
        found[name] = outcome(answer)
        if is_page(answer):
            check_page(answer.text)
        answer.close()
    assert found == {name: door.expected(role) for name, door in DOORS.items()}


@pytest.mark.parametrize("role", ROLES)
def test_looking_changes_nothing(role: str, app: Flask, site: World, enter: Callable[[str], Browser]) -> None:
    browser = enter(role)
    before = rows.all_rows(app)
    assert before["certificate"]
    for name in DOORS:
        if name.startswith("GET "):
            answer = knock(browser, name, site)
            if name.endswith("notifications.events"):
                next(iter(answer.response))
            answer.close()
    assert rows.changed(before, rows.all_rows(app)) == {}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_everywhere(method: str, app: Flask, site: World, guest: Browser) -> None:
    before = rows.all_rows(app)
    for name, door in DOORS.items():
        answer = guest.client.open(door.where(site), method=method)
        # Annotations have these verbs, for whoever is signed in: the token is asked for before the sign-in.
        assert answer.status_code in ({400, 401, 405} if "annotations_api" in name else {400, 405}), name
    assert rows.changed(before, rows.all_rows(app)) == {}
