"""Every public page, for search engines."""

from dataclasses import dataclass

from nok.articles import queries as articles
from nok.articles.queries import ArticleCard
from nok.courses import queries as courses
from nok.courses.queries import CourseCard

MOST = 20_000  # of each kind; a site map may hold 50,000 addresses


@dataclass(frozen=True)
class SiteMap:
    """The published courses and articles, and the slugs of those who made them."""

    courses: list[CourseCard]
    articles: list[ArticleCard]
    teachers: list[str]


def site_map() -> SiteMap:
    """Return every public page; two statements."""
    found, texts = courses.cards(MOST), articles.cards(MOST)
    teachers = {card.teacher_slug for card in found} | {card.author_slug for card in texts}
    return SiteMap(found, texts, sorted(teachers))
