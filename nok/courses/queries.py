"""Every SELECT over courses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from nok.accounts.models import Person, TeacherProfile
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.folding import Term, like
from nok.courses.models import Block, Captions, Course, CourseRevision, Lesson, LessonKind, Section


@dataclass(frozen=True)
class CourseCard:
    """What a list shows of a course. `minutes` is the whole length; a course is free where `price_cents` is 0."""

    course_id: int
    revision_id: int
    slug: str
    title: str
    summary: str
    topics: tuple[str, ...]
    category: str
    lesson_count: int
    video_count: int
    minutes: int
    price_cents: int
    currency: str
    published_at: datetime
    teacher_slug: str
    teacher_name: str


# Only what a card shows: a revision's texts are long, and a page has many cards.
_CARD = (
    Course.id,
    CourseRevision.id,
    Course.slug,
    CourseRevision.title,
    CourseRevision.summary,
    CourseRevision.topics,
    CourseRevision.category,
    CourseRevision.lesson_count,
    CourseRevision.video_count,
    CourseRevision.minutes,
    Course.price_cents,
    Course.currency,
    CourseRevision.published_at,
    TeacherProfile.slug,
    Person.display_name,
)


def cards(most: int) -> list[CourseCard]:
    """Return up to `most` published courses by title."""
    return _cards(_carded().order_by(CourseRevision.title, CourseRevision.id).limit(most))


def shelf(terms: Sequence[Term]) -> list[tuple[CourseCard, bool]]:
    """Return every published course, and whether its search text holds each of the terms; one statement."""
    matches = and_(true(), *(_holds(term) for term in terms))
    rows = db.session.execute(_carded().add_columns(case((matches, 1), else_=0)))
    return [(_card(row[:-1]), bool(row[-1])) for row in rows]


def lesson_titles(revision_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the titles of the lessons of revisions in order, by revision."""
    rows = db.session.execute(
        select(Lesson.revision_id, Lesson.title)
        .where(Lesson.revision_id.in_(list(revision_ids)))
        .order_by(Lesson.revision_id, Lesson.position)
    )
    found: dict[int, list[str]] = {}
    for revision_id, title in rows:
        found.setdefault(revision_id, []).append(title)
    return found


def other_cards(teacher_id: int, except_slug: str, most: int = 3) -> list[CourseCard]:
    """Return up to `most` other published courses of a teacher."""
    mine = _carded().where(Course.teacher_id == teacher_id, Course.slug != except_slug)
    return _cards(mine.order_by(CourseRevision.title, CourseRevision.id).limit(most))


def published(slug: str) -> CourseRevision:
    """Return the current revision of a course, its course, teacher and person loaded; raise NotFound."""
    found = db.session.scalar(_published().where(Course.slug == slug))
    if found is None:
        raise NotFound
    return found


def current(slug: str) -> CourseRevision:
    """As `published`, also while its teacher is suspended: for those who look after the people in it."""
    found = db.session.scalar(_current().where(Course.slug == slug))
    if found is None:
        raise NotFound
    return found


def course_by_slug(slug: str) -> Course | None:
    """Return the course, published or not, or None."""
    return db.session.scalar(select(Course).where(Course.slug == slug))


def current_revision(course: Course) -> CourseRevision | None:
    """Return what new enrollments of the course begin with, or None."""
    return db.session.scalar(
        select(CourseRevision).where(
            CourseRevision.course_id == course.id, CourseRevision.number == course.current_number
        )
    )


def revision(revision_id: int) -> CourseRevision:
    """Return a revision, its course, teacher and person loaded; raise NotFound."""
    statement = _with_people(select(CourseRevision).join(CourseRevision.course))
    found = db.session.scalar(statement.where(CourseRevision.id == revision_id))
    if found is None:
        raise NotFound
    return found


def lessons(revision_id: int) -> Sequence[Lesson]:
    """Return the lessons of a revision in order, each with its section and video."""
    return db.session.scalars(
        select(Lesson)
        .join(Lesson.section)
        .options(contains_eager(Lesson.section), joinedload(Lesson.video))
        .where(Lesson.revision_id == revision_id)
        .order_by(Lesson.position)
    ).all()


def by_section(lessons: Iterable[Lesson]) -> list[tuple[Section, list[Lesson]]]:
    """Return lessons that stand in order, their sections loaded, under the section of each."""
    return [(section, list(group)) for section, group in groupby(lessons, key=attrgetter("section"))]


def blocks(lesson_id: int) -> Sequence[Block]:
    """Return the blocks of a lesson in order."""
    return db.session.scalars(_blocks(), {"lesson": lesson_id}).all()


@cache  # on every lesson's page: to build the statement takes longer than to run it
def _blocks() -> "Select[Block]":
    return select(Block).where(Block.lesson_id == bindparam("lesson")).order_by(Block.position)


def blocks_of_revision(revision_id: int) -> Sequence[tuple[str, Block]]:
    """Return every block of a revision with the slug of its lesson, in order."""
    rows = db.session.execute(
        select(Lesson.slug, Block)
        .join(Block, Block.lesson_id == Lesson.id)
        .where(Lesson.revision_id == revision_id)
        .order_by(Lesson.position, Block.position)
    )
    return [(slug, block) for slug, block in rows]


def captions(lesson_id: int) -> Sequence[Captions]:
    """Return the captions of a lesson."""
    return db.session.scalars(select(Captions).where(Captions.lesson_id == lesson_id).order_by(Captions.language)).all()


def is_current() -> ColumnElement[bool]:
    """Return the condition that joins a course to its current revision."""
    return and_(CourseRevision.course_id == Course.id, CourseRevision.number == Course.current_number)


def is_taught() -> ColumnElement[bool]:
    """Return the condition that the teacher, who is joined as a person, is not suspended."""
    return Person.suspended_at.is_(None)


def is_previewed() -> ColumnElement[bool]:
    """Return the condition that anyone may see a lesson of the current revision: to read or to watch, and marked so."""
    return and_(Lesson.preview, Lesson.kind.in_((LessonKind.VIDEO, LessonKind.TEXT, LessonKind.FILE)))


def _published() -> "Select[CourseRevision]":
    """Begin a SELECT of what is open to newcomers.

    What a suspended teacher published is not; who is in it already stays.
    """
    return _current().where(is_taught())


def _current() -> "Select[CourseRevision]":
    """Begin a SELECT of current revisions, each with its course, its teacher and that person."""
    return _with_people(select(CourseRevision).join(CourseRevision.course)).where(is_current())


def _with_people(statement: "Select[CourseRevision]") -> "Select[CourseRevision]":
    loaded = contains_eager(CourseRevision.course).contains_eager(Course.teacher)
    return (
        statement.join(Course.teacher).join(TeacherProfile.person).options(loaded.contains_eager(TeacherProfile.person))
    )


@cache
def _carded() -> "Select[Any]":
    people = select(*_CARD).join(CourseRevision, is_current()).join(Course.teacher).join(TeacherProfile.person)
    return people.where(is_taught())


def _holds(term: Term) -> ColumnElement[bool]:
    return or_(*(CourseRevision.search_text.like(like(text), escape="\\") for text in term))


def _cards(statement: "Select[Any]") -> list[CourseCard]:
    return [_card(row) for row in db.session.execute(statement)]


def _card(row: Sequence[Any]) -> CourseCard:
    course_id, revision_id, slug, title, summary, topics, *rest = row
    return CourseCard(course_id, revision_id, slug, title, summary, tuple(topics), *rest)
