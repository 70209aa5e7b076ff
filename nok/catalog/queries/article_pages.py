"""The pages of an article and of what it once said, assembled from several domains."""

from dataclasses import dataclass
from datetime import date, datetime

from nok.articles import queries as articles
from nok.articles.models import ArticleRevision
from nok.articles.rules import Paragraph, compare
from nok.catalog.queries.pages import Reference
from nok.core.markup import Shown
from nok.core.reading_text import of_html
from nok.courses import queries as courses
from nok.courses.queries import CourseCard


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


@dataclass(frozen=True)
class ArticlePage:
    """Everything the article page shows."""

    article: ArticleView
    related: list[CourseCard]
    other_courses: list[CourseCard]


def article_page(slug: str) -> ArticlePage:
    """Return the page of a published article; raise NotFound. Three statements."""
    revision = articles.published(slug)
    author = revision.article.author
    related = courses.cards_by_slug(revision.related_courses)
    taken = {card.slug for card in related}
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
    )
    others = [card for card in courses.other_cards(author.person_id, "") if card.slug not in taken]
    return ArticlePage(article=view, related=related, other_courses=others)


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
