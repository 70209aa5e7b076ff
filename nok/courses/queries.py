"""Every SELECT over courses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import contains_eager, joinedload

from nok.accounts.models import TeacherProfile
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.folding import fold, like
from nok.core.pagination import Page
from nok.courses.models import Block, Captions, Course, CourseRevision, Lesson, RevisionPicture, Section

PAGE_SIZE = 24


@dataclass(frozen=True)
class CourseCard:
    """What a list shows of a course. `minutes` is the whole length."""

    slug: str
    title: str
    summary: str
    teacher_name: str
    lesson_count: int
    minutes: int
    topics: tuple[str, ...]


def cards(text: str = "", page: int = 1, size: int = PAGE_SIZE) -> Page[CourseCard]:
    """Return a page of published courses, those whose folded text holds every word of `text`; two statements."""
    where = [CourseRevision.search_text.like(like(word), escape="\\") for word in fold(text).split()]
    counted = select(func.count()).select_from(CourseRevision).join(CourseRevision.course).where(is_current(), *where)
    total = db.session.scalar(counted) or 0
    number = max(1, min(page, -(-total // size)))
    rows = db.session.scalars(
        _published()
        .where(*where)
        .order_by(CourseRevision.title, CourseRevision.id)
        .limit(size)
        .offset((number - 1) * size)
    )
    return Page([_card(row) for row in rows], total, number, size)


def cards_by_slug(slugs: Sequence[str]) -> list[CourseCard]:
    """Return the published courses among `slugs`, in that order."""
    rows = db.session.scalars(_published().where(Course.slug.in_(list(slugs))))
    found = {row.course.slug: _card(row) for row in rows}
    return [found[slug] for slug in slugs if slug in found]


def other_cards(teacher_id: int, except_slug: str, most: int = 3) -> list[CourseCard]:
    """Return up to `most` other published courses of a teacher."""
    rows = db.session.scalars(
        _published()
        .where(Course.teacher_id == teacher_id, Course.slug != except_slug)
        .order_by(CourseRevision.title)
        .limit(most)
    )
    return [_card(row) for row in rows]


def published(slug: str) -> CourseRevision:
    """Return the current revision of a course, its course, teacher and person loaded; raise NotFound."""
    found = db.session.scalar(_published().where(Course.slug == slug))
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
    return db.session.scalars(select(Block).where(Block.lesson_id == lesson_id).order_by(Block.position)).all()


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


def picture(revision_id: int, name: str) -> RevisionPicture:
    """Return a picture of a revision, its file loaded; raise NotFound."""
    found = db.session.scalar(
        select(RevisionPicture)
        .options(joinedload(RevisionPicture.file))
        .where(RevisionPicture.revision_id == revision_id, RevisionPicture.name == name)
    )
    if found is None:
        raise NotFound
    return found


def is_current() -> ColumnElement[bool]:
    """Return the condition that joins a course to its current revision."""
    return and_(CourseRevision.course_id == Course.id, CourseRevision.number == Course.current_number)


def _published() -> "Select[CourseRevision]":
    """Begin a SELECT of current revisions, each with its course, its teacher and that person."""
    return _with_people(select(CourseRevision).join(CourseRevision.course)).where(is_current())


def _with_people(statement: "Select[CourseRevision]") -> "Select[CourseRevision]":
    loaded = contains_eager(CourseRevision.course).contains_eager(Course.teacher)
    return (
        statement.join(Course.teacher).join(TeacherProfile.person).options(loaded.contains_eager(TeacherProfile.person))
    )


def _card(row: CourseRevision) -> CourseCard:
    return CourseCard(
        slug=row.course.slug,
        title=row.title,
        summary=row.summary,
        teacher_name=row.course.teacher.person.display_name,
        lesson_count=row.lesson_count,
        minutes=row.minutes,
        topics=tuple(row.topics),
    )
