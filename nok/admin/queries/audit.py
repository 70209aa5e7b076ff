"""Who did what to whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from nok.accounts.models import Person
from nok.admin.queries import lists
from nok.core.audit import AuditLine
from nok.core.db import db
from nok.core.pagination import Page

LATEST = 20


@dataclass(frozen=True)
class Act:
    """A line of the log. `actor_id` and `actor_name` are None when the system acted; `subject` is a type and an id."""

    at: datetime
    action: str
    subject: str
    details: dict[str, Any]
    actor_id: int | None
    actor_name: str | None


def acts(words: str, subject: str) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of the log, the latest first: of one subject, or where action, subject or actor hold words."""
    statement = (
        select(
            AuditLine.at,
            AuditLine.action,
            AuditLine.subject,
            AuditLine.details,
            AuditLine.actor_id,
            Person.display_name.label("actor_name"),
        )
        .outerjoin(Person, Person.id == AuditLine.actor_id)
        .order_by(AuditLine.id.desc())
    )
    if subject:
        statement = statement.where(AuditLine.subject == subject)
    if words:
        statement = statement.where(
            lists.holds(words, AuditLine.action, AuditLine.subject, Person.display_name, Person.email)
        )
    return statement


def latest(subject: str) -> list[Act]:
    """Return the latest that was done to a subject."""
    return [Act(*row) for row in db.session.execute(acts("", subject).limit(LATEST))]


def log(words: str, subject: str, number: int) -> Page[Act]:
    """Return a page of the log."""
    return lists.page(acts(words, subject), Act, number)
