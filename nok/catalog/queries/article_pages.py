"""The pages of an article and of what it once said, assembled from several domains."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from nok.articles import queries as articles
from nok.articles.models import ArticleRevision
from nok.articles.queries import ArticleCard
from nok.articles.rules import Paragraph, compare
from nok.catalog.queries.pages import Reference
from nok.core.folding import search_text
from nok.core.markup import Shown
from nok.core.reading_text import of_html
from nok.courses import queries as courses
from nok.courses.queries import CourseCard

RELATED, OTHERS = 2, 3
MOST_COURSES = 500


@dataclass(frozen=True)
class Heading:
    """An entry of the table of contents: the id of the heading's block, and its words."""

    id: str
    text: str


@dataclass(frozen=True)
class BlockView:
    """A block as shown; `kind` is markdown, heading, picture or the word of a callout."""

    key: str
    kind: str
    html: str


@dataclass(frozen=True)
class ArticleView:
    """What the article page says of the current revision."""

    slug: str
    title: str
    summary: str
    category: str
    author_slug: str
    author_name: str
    author_credentials: str
    reviewer_name: str
    updated: date
    minutes: int
    revision_number: int
    picture: dict[str, str]
    picture_alt: str
    picture_caption: str
    blocks: list[BlockView]
    toc: list[Heading]
    references: list[Reference]
    disclosure: str
    evidence_note: str


@dataclass(frozen=True)
class ArticlePage:
    """Everything the article page shows. `next_article` is the one after it in the list, after the last the first."""

    article: ArticleView
    related: list[CourseCard]
    related_articles: list[ArticleCard]
    next_article: ArticleCard | None
    other_courses: list[CourseCard]


def article_page(slug: str) -> ArticlePage:
    """Return the page of a published article; raise NotFound. Three statements."""
    revision = articles.published(slug)
    author = revision.article.author
    view = ArticleView(
        slug=slug,
        title=revision.title,
        summary=revision.summary,
        category=revision.category,
        author_slug=author.slug,
        author_name=author.person.display_name,
        author_credentials=author.credentials,
        reviewer_name=revision.reviewer,
        updated=revision.updated_on,
        minutes=revision.minutes,
        revision_number=revision.number,
        picture=_picture(slug, revision),
        picture_alt=revision.picture_alt,
        picture_caption=revision.picture_caption,
        blocks=[BlockView(key, kind, html) for key, kind, _, html in revision.blocks],
        toc=[Heading(key, text.strip("# ")) for key, kind, text, _ in revision.blocks if kind == "heading"],
        references=[Reference(text, url) for text, url in revision.sources],
        disclosure=revision.disclosure,
        evidence_note=revision.evidence_note,
    )
    all_articles, all_courses = articles.cards(), courses.cards(MOST_COURSES)
    related = _related(revision.related_courses, revision, all_courses)
    other_articles = [card for card in all_articles if card.slug != slug]
    return ArticlePage(
        article=view,
        related=related,
        related_articles=_related(revision.related_articles, revision, other_articles),
        next_article=_after(slug, all_articles),
        other_courses=[c for c in all_courses if c.teacher_slug == author.slug and c not in related][:OTHERS],
    )


def _related(
    slugs: Sequence[str], revision: ArticleRevision, cards: Sequence[ArticleCard] | Sequence[CourseCard]
) -> list[Any]:
    """Return the cards that the author chose, in that order, filled up with those that share most topics."""
    by_slug = {card.slug: card for card in cards}
    chosen = [by_slug[slug] for slug in slugs if slug in by_slug]
    if len(chosen) >= RELATED:  # the usual case, and folding the topics of every card takes time
        return chosen
    topics = {search_text(topic) for topic in revision.topics}

    def likeness(card: ArticleCard | CourseCard) -> tuple[int, bool]:
        return len(topics & {search_text(topic) for topic in card.topics}), card.category == revision.category

    alike = [(likeness(card), card) for card in by_slug.values() if card not in chosen]
    best = sorted((each for each in alike if any(each[0])), key=itemgetter(0), reverse=True)
    return [*chosen, *(card for _likeness, card in best[: RELATED - len(chosen)])]


def _after(slug: str, all_articles: list[ArticleCard]) -> ArticleCard | None:
    order = [card.slug for card in all_articles]
    if slug not in order or len(order) == 1:
        return None
    return all_articles[(order.index(slug) + 1) % len(order)]


@dataclass(frozen=True)
class RevisionPage:
    """An article as it was published once. `changes` are what the current revision says instead, by paragraph."""

    slug: str
    title: str
    number: int
    current_number: int
    published: datetime
    author_name: str
    author_slug: str
    blocks: list[BlockView]
    changes: tuple[Paragraph, ...]


def article_revision(slug: str, number: int) -> RevisionPage:
    """Return a revision of an article beside the current one; raise NotFound. Two statements."""
    old, new = articles.revision(slug, number), articles.published(slug)
    before, now = (tuple(of_html(html) for _key, _kind, _markdown, html in each.blocks) for each in (old, new))
    author = old.article.author
    return RevisionPage(
        slug=slug,
        title=old.title,
        number=number,
        current_number=new.number,
        published=old.published_at,
        author_name=author.person.display_name,
        author_slug=author.slug,
        # Pictures have an address from the page of the article, and this page lies deeper.
        blocks=[
            BlockView(key, kind, html.replace(f'src="{slug}/', f'src="/articles/{slug}/'))
            for key, kind, _, html in old.blocks
        ],
        changes=compare(before, now) if old.number != new.number else (),
    )


def _picture(slug: str, revision: ArticleRevision) -> dict[str, str]:
    """Return the attributes of the picture at the head, none when there is no picture."""
    if not revision.picture:
        return {}
    width, height = revision.picture_width, revision.picture_height
    return Shown(f"{slug}/pictures/{revision.picture}", (width, height) if width and height else None).attributes
