"""The articles that someone writes, and what publishing one would do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from nok.accounts.models import Person
from nok.accounts.policy import is_operator
from nok.annotations import service as annotations
from nok.annotations.rules import Source, SourceKind
from nok.annotations.service import Impact
from nok.articles import queries as articles
from nok.articles.models import Article, ArticleDraft, ArticleRevision
from nok.articles.policy import may_write
from nok.articles.rules import Paragraph, compare
from nok.authoring.service.content import RenderedBlock, rendered, showing
from nok.core.db import db
from nok.core.errors import NotFound
from nok.core.reading_text import of_blocks, of_html
from nok.courses import queries as courses
from nok.formats.folders.sources import ArticleFolder

MOST_COURSES = MOST_ARTICLES = 200


@dataclass(frozen=True)
class WrittenArticle:
    """An article of mine: its title, as published or else as begun, and when its draft was saved, if it has one."""

    slug: str
    title: str
    number: int | None
    draft_saved: datetime | None


def written_articles(person: Person) -> list[WrittenArticle]:
    """Return the articles that the person writes, of all for an operator, by title; one statement."""
    current = (ArticleRevision.article_id == Article.id) & (ArticleRevision.number == Article.current_number)
    statement = (
        select(Article, ArticleRevision.title, ArticleDraft.changed_at, ArticleDraft.fields)
        .outerjoin(ArticleRevision, current)
        .outerjoin(ArticleDraft, ArticleDraft.article_id == Article.id)
    )
    if not is_operator(person):
        statement = statement.where(Article.author_id == person.id)
    found = [
        WrittenArticle(
            article.slug,
            title or (fields or {}).get("title") or article.slug,
            article.current_number,
            saved if fields else None,
        )
        for article, title, saved, fields in db.session.execute(statement)
    ]
    return sorted(found, key=lambda each: each.title.casefold())


def article_to_write(person: Person, slug: str) -> Article:
    """Return an article that the person may write, its author and their account loaded; raise NotFound."""
    found = articles.with_author(slug)
    if not may_write(person, found.author_id):
        raise NotFound
    return found


def courses_to_relate() -> list[tuple[str, str]]:
    """Return the published courses by slug and title."""
    return [(card.slug, card.title) for card in courses.cards(MOST_COURSES)]


def articles_to_relate(slug: str) -> list[tuple[str, str]]:
    """Return the published articles besides this one by slug and title."""
    return [(card.slug, card.title) for card in articles.cards(MOST_ARTICLES) if card.slug != slug]


@dataclass(frozen=True)
class PreviewedArticle:
    """What readers would see, what it says otherwise than now, and what would become of their highlights."""

    blocks: list[RenderedBlock]
    changes: tuple[Paragraph, ...]
    impact: Impact
    number: int


def previewed(article: Article, folder: ArticleFolder) -> PreviewedArticle:
    """Return the preview of what is written; the pictures have addresses below that of the preview."""
    blocks = rendered(folder.blocks, showing(folder.pictures))
    current = articles.current_revision(article)
    number = (current.number if current else 0) + 1
    now_says = tuple(of_html(html) for _key, _kind, _markdown, html in (current.blocks if current else []))
    would_say = tuple(of_html(block.html) for block in blocks)
    source = Source(SourceKind.ARTICLE, article.slug)
    return PreviewedArticle(
        blocks=blocks,
        changes=compare(now_says, would_say) if current else (),
        impact=annotations.impact(source, number, of_blocks(block.html for block in blocks)),
        number=number,
    )


def form_data(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a draft holds as the form wants it."""
    day = fields.get("updated")
    return {**fields, "updated": date.fromisoformat(day) if day else None}
