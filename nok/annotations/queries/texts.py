"""The texts that are annotated, by source and revision, and who may read which."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from nok.accounts.models import Person, TeacherProfile
from nok.annotations.models import Annotation
from nok.annotations.rules import Source, SourceKind, from_key
from nok.articles.models import Article, ArticleRevision
from nok.core import reading_text
from nok.core.db import db
from nok.core.errors import NotFound
from nok.courses import queries as courses
from nok.courses.models import Block, Captions, Course, CourseRevision, Lesson
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment


@dataclass(frozen=True)
class Text:
    """What a revision of a source says: its blocks, each in a line, as a reader selects from it."""

    number: int
    text: str


def readable(person_id: int, source: Source, number: int | None) -> Text:
    """Return the text if the person may read it now: that revision, or without a number the one they are shown.

    Raise NotFound. Every published revision of an article can be read; of a lesson the revision that one is enrolled
    in, and of a free preview the current one.
    """
    if source.kind is SourceKind.ARTICLE:
        return _readable_article(source, number)
    found, enrolled = _open_to(person_id, select(CourseRevision.number, Lesson.id))
    found = found.where(Course.slug == source.slug, Lesson.slug == source.lesson)
    if number is not None:
        found = found.where(CourseRevision.number == number)
    row = db.session.execute(found.order_by(enrolled.desc()).limit(1)).one_or_none()
    text = None if row is None else _lesson_text(source, row.id)
    if row is None or text is None:
        raise NotFound
    return Text(row.number, text)


def shown_numbers(person_id: int, sources: Collection[Source]) -> dict[Source, int]:
    """Return the revision of each source that the person is shown now; two statements.

    A lesson that is closed to them has none: what it says today is not theirs to read.
    """
    current = db.session.execute(
        select(Article.slug, Article.current_number).where(
            Article.slug.in_({source.slug for source in sources if source.kind is SourceKind.ARTICLE}),
            Article.current_number.is_not(None),
        )
    )
    articles = {slug: number for slug, number in current}  # noqa: C416 -- rows are no pairs for the type checker
    found, enrolled = _open_to(person_id, select(Course.slug, Lesson.slug, CourseRevision.number))
    found = found.where(
        Course.slug.in_({source.slug for source in sources if source.lesson}),
        Lesson.slug.in_({source.lesson for source in sources if source.lesson}),
    )
    lessons = {(course, lesson): number for course, lesson, number in db.session.execute(found.order_by(enrolled))}
    numbers = {
        source: lessons.get((source.slug, source.lesson)) if source.lesson else articles.get(source.slug)
        for source in sources
    }
    return {source: number for source, number in numbers.items() if number is not None}


def _open_to(person_id: int, statement: Any) -> tuple[Any, ColumnElement[bool]]:
    """Return the SELECT over lessons so that it finds those that are open to the person, and whether they are in it."""
    enrolled = exists().where(
        Enrollment.revision_id == CourseRevision.id, Enrollment.person_id == person_id, enrollments.opens_now()
    )
    taught = exists().where(Person.id == Course.teacher_id, courses.is_taught())
    free = and_(courses.is_current(), courses.is_previewed(), taught)
    lessons = statement.join(CourseRevision, CourseRevision.id == Lesson.revision_id).join(
        Course, Course.id == CourseRevision.course_id
    )
    return lessons.where(or_(enrolled, free)), enrolled


def _readable_article(source: Source, number: int | None) -> Text:
    statement = _article(source).join(Article.author).join(TeacherProfile.person)
    wanted = ArticleRevision.number == (Article.current_number if number is None else number)
    row = db.session.execute(statement.where(Person.suspended_at.is_(None), wanted)).one_or_none()
    if row is None:
        raise NotFound
    return Text(row.number, _article_text(row.blocks))


def text_of(source: Source, number: int) -> str | None:
    """Return what a revision says, whoever may read it; None where it has no such text."""
    if source.kind is SourceKind.ARTICLE:
        row = db.session.execute(_article(source).where(ArticleRevision.number == number)).one_or_none()
        return None if row is None else _article_text(row.blocks)
    found = db.session.execute(_lesson(source).where(CourseRevision.number == number)).one_or_none()
    return None if found is None else _lesson_text(source, found.id)


def current_number(source: Source) -> int | None:
    """Return the number of the current revision, or None where nothing is published."""
    table = Article if source.kind is SourceKind.ARTICLE else Course
    return db.session.scalar(select(table.current_number).where(table.slug == source.slug))


def annotated(kind: SourceKind, slug: str) -> list[Source]:
    """Return what anyone has annotated of an article, or of a course: of lessons that are no longer in it, too."""
    key = Annotation.source
    if kind is SourceKind.ARTICLE:
        wanted = key == Source(kind, slug).key
    else:
        wanted = key.startswith(Source(kind, slug).key, autoescape=True)
    return [from_key(found) for found in db.session.scalars(select(key).where(wanted).distinct().order_by(key))]


def _article(source: Source) -> "Select[int, list[Any]]":
    statement = select(ArticleRevision.number, ArticleRevision.blocks)
    return statement.join(Article, Article.id == ArticleRevision.article_id).where(Article.slug == source.slug)


def _lesson(source: Source) -> "Select[int, int]":
    return (
        select(CourseRevision.number, Lesson.id)
        .join(CourseRevision, CourseRevision.id == Lesson.revision_id)
        .join(Course, Course.id == CourseRevision.course_id)
        .where(Course.slug == source.slug, Lesson.slug == source.lesson)
    )


def _article_text(blocks: list[Any]) -> str:
    return reading_text.of_blocks(html for _key, _kind, _markdown, html in blocks)


def _lesson_text(source: Source, lesson_id: int) -> str | None:
    if source.kind is SourceKind.LESSON:
        return reading_text.of_blocks(
            db.session.scalars(select(Block.html).where(Block.lesson_id == lesson_id).order_by(Block.position))
        )
    cues = db.session.scalar(
        select(Captions.cues).where(Captions.lesson_id == lesson_id, Captions.language == source.language)
    )
    return None if cues is None else reading_text.of_lines(text for _key, _start, _end, text in cues)
