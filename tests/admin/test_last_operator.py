"""Somebody can always open the console: the last operator stays."""

import pytest
from flask import Flask

from nok.accounts import queries as accounts
from nok.accounts import service
from nok.accounts.models import Role
from nok.core.db import db
from nok.core.errors import Invalid
from tests.factories import people, world
from tests.factories.world import World

OTHER = "other-operator@test.example"


def test_a_command_cannot_take_the_last_one_away(app: Flask, site: World) -> None:
    with app.app_context():
        with pytest.raises(Invalid, match="last operator"):
            service.set_role(world.OPERATOR, Role.TEACHER)
        assert service.set_role(world.OPERATOR, Role.OPERATOR).role is Role.OPERATOR
        people.person(OTHER, Role.OPERATOR)
        assert service.set_role(world.OPERATOR, Role.TEACHER).role is Role.TEACHER


def test_one_who_is_suspended_does_not_count(app: Flask, site: World) -> None:
    with app.app_context():
        other = people.person(OTHER, Role.OPERATOR)
        last = accounts.person_by_email(world.OPERATOR)
        assert last is not None
        service.suspend(other, last)
        db.session.commit()
        with pytest.raises(Invalid, match="last operator"):
            service.set_role(world.OPERATOR, Role.TEACHER)
        assert service.set_role(OTHER, Role.STUDENT, actor=last).role is Role.STUDENT
