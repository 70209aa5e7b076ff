"""Who did what to whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from nok.accounts.models import Person
from nok.admin.queries import lists, subjects
from nok.core.audit import AuditLine
from nok.core.db import db
from nok.core.pagination import Page

_MOMENTS = {"until"}  # the details that are moments, kept as ISO texts


@dataclass(frozen=True)
class Act:
    """A line of the log. `actor_id` and `actor_name` are None when the system acted; `subject` is a type and an id.

    `label` is whose or what the subject is, in words; empty for what is nobody's.
    """

    at: datetime
    action: str
    subject: str
    details: dict[str, Any]
    actor_id: int | None
    actor_name: str | None
    label: str = ""


def log(words: str, subject: str, number: int) -> Page[Act]:
    """Return a page of the log: of one subject, or where act, subject, actor or who is concerned hold the words.

    Three statements: to count, to list, and to name.
    """
    actor = aliased(Person)
    statement = _acts(actor)
    if subject:
        statement = statement.where(AuditLine.subject == subject)
    if words:
        concerned = subjects.of_people(subjects.people(words))
        said = lists.holds(words, AuditLine.action, AuditLine.subject, actor.display_name, actor.email)
        statement = statement.where(or_(said, AuditLine.subject.in_(concerned)))
    return _named(lists.page(statement, Act, number))


def of_person(person_id: int, number: int) -> Page[Act]:
    """Return a page of what was done to a person, and to what is theirs: enrollments, certificates, papers and so on.

    Four statements. The subjects are read first, so that the log is asked by its index, however long it is.
    """
    concerned: Sequence[str] = db.session.scalars(subjects.of_people([person_id])).all()
    return _named(lists.page(_acts(aliased(Person)).where(AuditLine.subject.in_(concerned)), Act, number))


def _acts(actor: type[Person]) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of the log, the latest first."""
    return (
        select(
            AuditLine.at,
            AuditLine.action,
            AuditLine.subject,
            AuditLine.details,
            AuditLine.actor_id,
            actor.display_name.label("actor_name"),
        )
        .outerjoin(actor, actor.id == AuditLine.actor_id)
        .order_by(AuditLine.id.desc())
    )


def _named(page: Page[Act]) -> Page[Act]:
    """Return the page with its subjects in words, and with the moments in its details."""
    labels = subjects.labels({act.subject for act in page.items})
    return replace(page, items=list(_shown(page.items, labels)))


def _shown(acts: Iterable[Act], labels: dict[str, str]) -> Iterable[Act]:
    for act in acts:
        details = {
            name: datetime.fromisoformat(value) if name in _MOMENTS and value else value
            for name, value in act.details.items()
        }
        yield replace(act, details=details, label=labels.get(act.subject, ""))
