"""What follows when a text is published: every highlight is looked for in it."""

from nok.annotations import service as annotations
from nok.annotations.messages import PassagesToFind
from nok.annotations.rules import SourceKind, from_key
from nok.articles import queries as articles
from nok.articles.messages import ArticlePublished
from nok.courses import queries as courses
from nok.courses.messages import CoursePublished
from worker.context import Context


def of_article(message: ArticlePublished, _context: Context) -> None:
    """Have the passages of an article looked for."""
    slug, number = articles.published_as(message.revision_id)
    annotations.begin_reanchoring(SourceKind.ARTICLE, slug, number)


def of_course(message: CoursePublished, _context: Context) -> None:
    """Have the passages of every lesson and its captions looked for."""
    revision = courses.revision(message.revision_id)
    annotations.begin_reanchoring(SourceKind.LESSON, revision.course.slug, revision.number)


def find_passages(message: PassagesToFind, _context: Context) -> None:
    """Look for the next of them."""
    annotations.reanchor(from_key(message.source), message.number)
