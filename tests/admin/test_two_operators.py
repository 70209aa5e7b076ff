"""Two operators turn on each other at the same moment: one of them stays, on databases that really commit."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from flask import Flask

from nok.accounts import queries as accounts
from nok.accounts import service
from nok.accounts.models import Person, Role
from nok.core.db import db
from nok.core.errors import Invalid
from tests.factories import people
from tests.factories.crowd import count

FIRST, SECOND = "first@test.example", "second@test.example"


def found(email: str) -> Person:
    person = accounts.person_by_email(email)
    assert person is not None
    return person


def demote(email: str, by: str) -> None:
    service.set_role(email, Role.STUDENT, actor=found(by))


def suspend(email: str, by: str) -> None:
    service.suspend(found(email), found(by))


@pytest.mark.parametrize("take", [demote, suspend])
def test_one_of_them_stays(take: Callable[[str, str], None], real: Flask) -> None:
    with real.app_context():
        for email in (FIRST, SECOND):
            people.person(email, Role.OPERATOR)
    decided = threading.Barrier(2)

    def turn(email: str, by: str) -> bool:
        with real.app_context():
            try:
                take(email, by)
            except Invalid:
                return False
            with suppress(threading.BrokenBarrierError):
                decided.wait(1)  # in vain where the second has to wait for the first
            db.session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.submit(turn, FIRST, SECOND), pool.submit(turn, SECOND, FIRST)
        assert sorted((one.result(30), two.result(30))) == [False, True]
    assert count(real, Person, Person.role == Role.OPERATOR, Person.suspended_at.is_(None)) == 1
