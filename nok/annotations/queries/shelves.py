"""What a person has annotated, and how it is called."""

from collections.abc import Iterable

from sqlalchemy import select

from nok.annotations.models import Annotation
from nok.annotations.rules import Source, from_key
from nok.articles.models import Article, ArticleRevision
from nok.core.db import db
from nok.courses.models import Course, CourseRevision, Lesson


def sources_of(person_id: int) -> list[Source]:
    """Return what the person has annotated."""
    keys = db.session.scalars(
        select(Annotation.source)
        .where(Annotation.person_id == person_id, Annotation.deleted_at.is_(None))
        .distinct()
        .order_by(Annotation.source)
    )
    return [from_key(key) for key in keys]


def titles(sources: Iterable[Source]) -> dict[str, tuple[str, str]]:
    """Return the title of each page by its path, and the title of its course or ''; two statements.

    A lesson that the current revision has no more is called by the latest revision that had it.
    """
    wanted = {source.path: source for source in sources}
    articles = [source.slug for source in wanted.values() if not source.lesson]
    in_courses = {source.slug for source in wanted.values() if source.lesson}
    found: dict[str, tuple[str, str]] = {}
    if articles:
        rows = db.session.execute(
            select(Article.slug, ArticleRevision.title)
            .join(ArticleRevision, ArticleRevision.article_id == Article.id)
            .where(Article.slug.in_(articles), ArticleRevision.number == Article.current_number)
        )
        found |= {f"/articles/{slug}": (title, "") for slug, title in rows}
    if in_courses:
        lessons = db.session.execute(
            select(Course.slug, Lesson.slug, Lesson.title, CourseRevision.title)
            .join(CourseRevision, CourseRevision.id == Lesson.revision_id)
            .join(Course, Course.id == CourseRevision.course_id)
            .where(Course.slug.in_(in_courses), Lesson.slug.in_([source.lesson for source in wanted.values()]))
            .order_by(CourseRevision.number)
        )
        found |= {f"/learn/{course}/{lesson}": (title, of) for course, lesson, title, of in lessons}
    return {path: found.get(path, (source.lesson or source.slug, "")) for path, source in wanted.items()}
