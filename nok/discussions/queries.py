"""Every SELECT over questions and replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import aliased

from nok.accounts.models import Person
from nok.accounts.policy import is_operator, is_teacher
from nok.annotations import queries as texts
from nok.annotations.rules import Source, SourceKind, from_key
from nok.articles.models import Article
from nok.core.db import db, locked
from nok.core.errors import NotFound
from nok.core.pagination import Page
from nok.courses.models import Course
from nok.discussions.models import Question, Reply

PAGE_SIZE = 20
MOST_SHARED = 100
_ASKER, _ASKED = aliased(Person), aliased(Person)


@dataclass(frozen=True)
class Said:
    """One reply in a thread. `answers` says that it comes from the side that was asked."""

    id: int
    by: str
    at: datetime
    text: str
    answers: bool


@dataclass(frozen=True)
class Asked:
    """A question as a list or its own page shows it: where it was asked, in words, and by and of whom."""

    id: int
    path: str
    title: str
    course: str
    quote: str
    media_ms: int | None
    text: str
    asker_id: int
    asker: str
    asked_id: int
    asked: str
    at: datetime
    waiting: bool
    shared_at: datetime | None


@dataclass(frozen=True)
class SharedQuestion:
    """A question that every reader of a text sees, with its answers and without its asker."""

    id: int
    quote: str
    media_ms: int | None
    text: str
    answers: tuple[Said, ...]


def teacher_of(source: Source) -> Person | None:
    """Return who is asked about a text: the author of the article, the teacher of the course; None where nobody is.

    Those who are suspended, or teach no more, are not asked.
    """
    article = source.kind is SourceKind.ARTICLE
    key, slug = (Article.author_id, Article.slug) if article else (Course.teacher_id, Course.slug)
    found = db.session.scalar(
        select(Person)
        .join_from(key.class_, Person, Person.id == key)
        .where(slug == source.slug, Person.suspended_at.is_(None))
    )
    return found if found is not None and is_teacher(found) else None


def asked_by(person_id: int, page: int) -> Page[Asked]:
    """Return a page of what the person asked, the latest first; up to four statements."""
    return _page(Question.asker_id == person_id, (Question.asked_at.desc(), Question.id.desc()), page)


def inbox(person: Person, page: int) -> Page[Asked]:
    """Return a page of what the person is asked, of all for an operator: what waits longest first, then the latest."""
    waiting = (Question.waiting_since.is_(None), Question.waiting_since, Question.asked_at.desc(), Question.id.desc())
    return _page(_for(person), waiting, page)


def waiting_count(person: Person) -> int:
    """Return how many questions wait for this person."""
    counted = select(func.count()).select_from(Question)
    return db.session.scalar(counted.where(_for(person), Question.waiting_since.is_not(None))) or 0


def thread(person: Person, number: int) -> Question:
    """Return a question that the person asked or may answer, and lock it until the commit; raise NotFound."""
    return _there(db.session.scalar(locked(select(Question).where(Question.id == number, _concerns(person)))))


def question(question_id: int) -> Question:
    """Return a question, whoever asks; raise NotFound."""
    return _there(db.session.get(Question, question_id))


def reply(reply_id: int) -> Reply:
    """Return a reply; raise NotFound."""
    return _there(db.session.get(Reply, reply_id))


def named(found: Question) -> tuple[str, str]:
    """Return the name of the asker, and the title of the text."""
    told = _told(db.session.execute(_named().where(Question.id == found.id)).all())[0]
    return told.asker, told.title


def asked(person: Person, number: int) -> Asked:
    """Return a question as its page shows it; raise NotFound for those whom it does not concern."""
    rows = db.session.execute(_named().where(Question.id == number, _concerns(person))).all()
    return _told(_there(rows or None))[0]


def replies(question_id: int) -> list[Said]:
    """Return what was written after the question, in order."""
    return _replies([question_id]).get(question_id, [])


def shared(source: Source, number: int) -> list[SharedQuestion]:
    """Return what every reader of a page, text and captions, sees of others' questions, the latest first.

    Only what was answered until it was shared: later answers may speak of what the asker wrote on, and that is between
    the two. `number` is the revision that is read: a lesson's words of another one are not for everybody. Two
    statements.
    """
    here = or_(Question.source == source.path, Question.source.startswith(f"{source.path}#", autoescape=True))
    found = db.session.scalars(
        select(Question)
        .where(here, Question.shared_at.is_not(None))
        .order_by(Question.shared_at.desc(), Question.id.desc())
        .limit(MOST_SHARED)
    ).all()
    said = _replies([each.id for each in found]) if found else {}
    return [
        SharedQuestion(
            each.id,
            each.quote if source.kind is SourceKind.ARTICLE or each.made_on == number else "",
            each.media_ms,
            each.text,
            tuple(one for one in said.get(each.id, []) if one.answers and each.shared_at and one.at <= each.shared_at),
        )
        for each in found
    ]


def waiting_of(person_id: int) -> Sequence[Question]:
    """Return the person's questions that wait for an answer."""
    return db.session.scalars(
        select(Question).where(Question.asker_id == person_id, Question.waiting_since.is_not(None))
    ).all()


def _answered_by(person: Person) -> ColumnElement[bool]:
    if is_operator(person):
        return true()
    return Question.asked_id == person.id if is_teacher(person) else false()


def _for(person: Person) -> ColumnElement[bool]:
    return and_(_answered_by(person), Question.asker_id != person.id)


def _concerns(person: Person) -> ColumnElement[bool]:
    return or_(Question.asker_id == person.id, _answered_by(person))


def _there(found: Any) -> Any:
    if found is None:
        raise NotFound
    return found


def _named() -> "Select[Question, str, str]":
    people = select(Question, _ASKER.display_name, _ASKED.display_name).join(_ASKER, _ASKER.id == Question.asker_id)
    return people.join(_ASKED, _ASKED.id == Question.asked_id)


def _page(whose: ColumnElement[bool], order: Sequence[Any], page: int) -> Page[Asked]:
    total = db.session.scalar(select(func.count()).select_from(Question).where(whose)) or 0
    number = max(1, min(page, -(-total // PAGE_SIZE)))
    rows = _named().where(whose).order_by(*order).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    return Page(_told(db.session.execute(rows).all()), total, number, PAGE_SIZE)


def _told(rows: Sequence[Any]) -> list[Asked]:
    titles = texts.titles(from_key(each.source) for each, *_names in rows)
    found = []
    for each, asker, teacher in rows:
        path = from_key(each.source).path
        found.append(
            Asked(
                id=each.id,
                path=path,
                title=titles[path][0],
                course=titles[path][1],
                quote=each.quote,
                media_ms=each.media_ms,
                text=each.text,
                asker_id=each.asker_id,
                asker=asker,
                asked_id=each.asked_id,
                asked=teacher,
                at=each.asked_at,
                waiting=each.waiting_since is not None,
                shared_at=each.shared_at,
            )
        )
    return found


def _replies(question_ids: Sequence[int]) -> dict[int, list[Said]]:
    rows = db.session.execute(
        select(Reply, Person.display_name, Question.asker_id)
        .join(Question, Question.id == Reply.question_id)
        .join(Person, Person.id == Reply.author_id)
        .where(Reply.question_id.in_(question_ids))
        .order_by(Reply.written_at, Reply.id)
    )
    found: dict[int, list[Said]] = {}
    for each, by, asker_id in rows:
        said = Said(each.id, by, each.written_at, each.text, answers=each.author_id != asker_id)
        found.setdefault(each.question_id, []).append(said)
    return found
