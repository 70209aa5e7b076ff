"""Someone with an account, and the mail that leaves."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from nok.core.db import db
from nok.core.mail import KeptMail, OutboxMailer
from nok.core.storage import LocalStorage
from tests.factories import people
from tests.pages import Browser

EMAIL = "mei@clinic.example"
NAME = "Méi Lín 林美"


@pytest.fixture
def person_id(app: Flask) -> int:
    """Mei, who has an account and nothing else: not even her license name is confirmed."""
    with app.app_context():
        mei = people.person(EMAIL, name=NAME)
        mei.license_name_confirmed_at = None
        db.session.commit()
        return mei.id


@pytest.fixture
def mei(person_id: int, sign_in: Callable[[str], Browser]) -> Browser:
    """Mei's browser."""
    return sign_in(EMAIL)


@pytest.fixture
def mails(app: Flask, work: Callable[[], list[str]]) -> Callable[[], list[KeptMail]]:
    """Do the worker's work, and return the mails it has sent since the last look, the oldest first."""
    outbox = OutboxMailer(LocalStorage(app.extensions["nok"].data_dir / "mail"))
    seen = {mail.key for mail in outbox.kept()}

    def sent() -> list[KeptMail]:
        work()
        new = [mail for mail in outbox.kept() if mail.key not in seen]
        seen.update(mail.key for mail in new)
        return new[::-1]

    return sent


@pytest.fixture
def link(app: Flask) -> Callable[[KeptMail], str]:
    """Return the path of the link in a mail, which must lead to our own address."""

    def found(mail: KeptMail) -> str:
        match = re.search(r"^(https?://\S+?)(/account/\S+)", mail.text, re.MULTILINE)
        assert match, mail.text
        assert match.group(1) == app.extensions["nok"].base_url
        return match.group(2)

    return found


@pytest.fixture
def audited(app: Flask) -> Callable[[str], list[int | None]]:
    """Return who did this, as often as the log says it was done."""
    from sqlalchemy import select

    from nok.core.audit import AuditLine

    def actors(action: str) -> list[int | None]:
        with app.app_context():
            return list(db.session.scalars(select(AuditLine.actor_id).where(AuditLine.action == action)))

    return actors
