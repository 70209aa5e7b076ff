"""Every SELECT over articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from nok.accounts.models import Person, TeacherProfile
from nok.articles.models import Article, ArticleDraft, ArticleDraftPicture, ArticlePicture, ArticleRevision
from nok.core.db import db, locked
from nok.core.errors import NotFound
from nok.core.folding import Term, like


@dataclass(frozen=True)
class ArticleCard:
    """What a list shows of an article."""

    slug: str
    title: str
    summary: str
    category: str
    topics: tuple[str, ...]
    updated: date
    author_slug: str
    author_name: str


# Only what a card shows: an article's blocks are its whole text.
_CARD = (
    Article.slug,
    ArticleRevision.title,
    ArticleRevision.summary,
    ArticleRevision.category,
    ArticleRevision.topics,
    ArticleRevision.updated_on,
    TeacherProfile.slug,
    Person.display_name,
)


def cards(most: int = 50) -> list[ArticleCard]:
    """Return the published articles, the latest first; one statement."""
    return _cards(_latest().limit(most))


def cards_of_author(author_id: int, most: int = 50) -> list[ArticleCard]:
    """Return what a teacher published, the latest first; one statement."""
    return _cards(_latest().where(Article.author_id == author_id).limit(most))


def matching(terms: Sequence[Term]) -> list[ArticleCard]:
    """Return the published articles whose search text holds every term; one statement."""
    where = (or_(*(ArticleRevision.search_text.like(like(text), escape="\\") for text in term)) for term in terms)
    return _cards(_latest().where(*where))


def published(slug: str) -> ArticleRevision:
    """Return the current revision, its article, author and person loaded; raise NotFound."""
    found = db.session.scalar(_published().where(Article.slug == slug))
    if found is None:
        raise NotFound
    return found


def revision(slug: str, number: int) -> ArticleRevision:
    """Return a revision of a published article, its article, author and person loaded; raise NotFound."""
    found = db.session.scalar(_revisions().where(Article.slug == slug, ArticleRevision.number == number))
    if found is None:
        raise NotFound
    return found


def published_as(revision_id: int) -> tuple[str, int]:
    """Return the slug of a revision's article, and the revision's number; raise NotFound."""
    row = db.session.execute(
        select(Article.slug, ArticleRevision.number)
        .join(Article, Article.id == ArticleRevision.article_id)
        .where(ArticleRevision.id == revision_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return row.slug, row.number


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


def with_author(slug: str) -> Article:
    """Return an article, published or not, its author and their account loaded; raise NotFound."""
    loaded = joinedload(Article.author).joinedload(TeacherProfile.person)
    found = db.session.scalar(select(Article).options(loaded).where(Article.slug == slug))
    if found is None:
        raise NotFound
    return found


def draft(article_id: int) -> ArticleDraft | None:
    """Return what is written and not published, or None."""
    return db.session.get(ArticleDraft, article_id)


def draft_to_change(article_id: int) -> ArticleDraft | None:
    """Return it, or None; whoever else asks so about the article waits until the commit."""
    db.session.scalar(locked(select(Article.id).where(Article.id == article_id)))
    return db.session.scalar(locked(select(ArticleDraft).where(ArticleDraft.article_id == article_id)))


def draft_pictures(article_id: int) -> Sequence[ArticleDraftPicture]:
    """Return the pictures that were uploaded and need not be published yet, by name, their files loaded."""
    return db.session.scalars(
        select(ArticleDraftPicture)
        .options(joinedload(ArticleDraftPicture.file))
        .where(ArticleDraftPicture.article_id == article_id)
        .order_by(ArticleDraftPicture.name)
    ).all()


def picture(slug: str, name: str) -> ArticlePicture:
    """Return a picture of an article, as the latest revision that has it shows it, its file loaded; raise NotFound."""
    found = db.session.scalar(
        select(ArticlePicture)
        .join(ArticleRevision, ArticleRevision.id == ArticlePicture.revision_id)
        .join(Article, Article.id == ArticleRevision.article_id)
        .options(joinedload(ArticlePicture.file))
        .where(Article.slug == slug, ArticlePicture.name == name)
        .order_by(ArticleRevision.number.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound
    return found


def _is_current() -> ColumnElement[bool]:
    return and_(ArticleRevision.article_id == Article.id, ArticleRevision.number == Article.current_number)


def _latest() -> "Select[Any]":
    people = select(*_CARD).join(ArticleRevision, _is_current()).join(Article.author).join(TeacherProfile.person)
    return people.where(_writes()).order_by(ArticleRevision.updated_on.desc(), ArticleRevision.id.desc())


def _writes() -> ColumnElement[bool]:
    return Person.suspended_at.is_(None)


def _cards(statement: "Select[Any]") -> list[ArticleCard]:
    rows = db.session.execute(statement)
    return [
        ArticleCard(slug, title, summary, category, tuple(topics), *rest)
        for slug, title, summary, category, topics, *rest in rows
    ]


def _published() -> "Select[ArticleRevision]":
    return _revisions().where(ArticleRevision.number == Article.current_number)


def _revisions() -> "Select[ArticleRevision]":
    loaded = contains_eager(ArticleRevision.article).contains_eager(Article.author)
    return (
        select(ArticleRevision)
        .join(ArticleRevision.article)
        .join(Article.author)
        .join(TeacherProfile.person)
        .options(loaded.contains_eager(TeacherProfile.person))
        .where(_writes())
    )
