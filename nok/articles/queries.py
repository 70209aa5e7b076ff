"""Every SELECT over articles."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, select
from sqlalchemy.orm import contains_eager, joinedload

from nok.accounts.models import TeacherProfile
from nok.articles.models import Article, ArticlePicture, ArticleRevision
from nok.core.db import db
from nok.core.errors import NotFound


@dataclass(frozen=True)
class ArticleCard:
    """What a list shows of an article."""

    slug: str
    title: str
    summary: str
    category: str
    author_name: str
    updated: date


def cards(most: int = 50) -> list[ArticleCard]:
    """Return the published articles, the latest first; one statement."""
    rows = db.session.scalars(
        _published().order_by(ArticleRevision.updated_on.desc(), ArticleRevision.id.desc()).limit(most)
    )
    return [
        ArticleCard(
            row.article.slug,
            row.title,
            row.summary,
            row.category,
            row.article.author.person.display_name,
            row.updated_on,
        )
        for row in rows
    ]


def published(slug: str) -> ArticleRevision:
    """Return the current revision, its article, author and person loaded; raise NotFound."""
    found = db.session.scalar(_published().where(Article.slug == slug))
    if found is None:
        raise NotFound
    return found


def article_by_slug(slug: str) -> Article | None:
    """Return the article, or None."""
    return db.session.scalar(select(Article).where(Article.slug == slug))


def current_revision(article: Article) -> ArticleRevision | None:
    """Return what readers see of the article, or None."""
    return db.session.scalar(
        select(ArticleRevision).where(
            ArticleRevision.article_id == article.id, ArticleRevision.number == article.current_number
        )
    )


def picture(slug: str, name: str) -> ArticlePicture:
    """Return a picture of a published article, its file loaded; raise NotFound."""
    found = db.session.scalar(
        select(ArticlePicture)
        .join(ArticleRevision, ArticleRevision.id == ArticlePicture.revision_id)
        .join(Article, _is_current())
        .options(joinedload(ArticlePicture.file))
        .where(Article.slug == slug, ArticlePicture.name == name)
    )
    if found is None:
        raise NotFound
    return found


def _is_current() -> ColumnElement[bool]:
    return and_(ArticleRevision.article_id == Article.id, ArticleRevision.number == Article.current_number)


def _published() -> "Select[ArticleRevision]":
    loaded = contains_eager(ArticleRevision.article).contains_eager(Article.author)
    return (
        select(ArticleRevision)
        .join(ArticleRevision.article)
        .join(Article.author)
        .join(TeacherProfile.person)
        .options(loaded.contains_eager(TeacherProfile.person))
        .where(ArticleRevision.number == Article.current_number)
    )
