"""One question to everything: courses, articles, the lessons of the courses that I am in, and my notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, or_, select

from nok.accounts.models import Person
from nok.annotations import queries as annotations
from nok.annotations.queries import Note, Wanted
from nok.articles import queries as articles
from nok.articles.queries import ArticleCard
from nok.catalog.queries.shelf import Match, shelf
from nok.core.db import db
from nok.core.folding import Term, fold, like, places, score, terms
from nok.courses.models import Course, CourseRevision, Lesson
from nok.enrollments.models import Enrollment
from nok.enrollments.queries import opens_now

Hit = TypeVar("Hit")
MOST = 10
# Where a word was found, by the number of its field; `text` is what only the search text holds.
COURSE_PLACES = ("title", "topic", "teacher", "lesson", "summary")
ARTICLE_PLACES = ("title", "topic", "author", "summary")
LESSON_PLACES = ("title", "summary")


@dataclass(frozen=True)
class CourseHit:
    """A course that matches: `place` is one of COURSE_PLACES or `text`, `lesson` the lesson's title where it was."""

    match: Match
    place: str


@dataclass(frozen=True)
class ArticleHit:
    """An article that matches: `place` is one of ARTICLE_PLACES or `text`."""

    card: ArticleCard
    place: str


@dataclass(frozen=True)
class LessonHit:
    """A lesson of mine that matches: `place` is `title`, `summary` or `text`."""

    course_slug: str
    course_title: str
    slug: str
    title: str
    summary: str
    place: str


@dataclass(frozen=True)
class Hits(Generic[Hit]):
    """The best hits of one kind, and how many there are."""

    best: list[Hit]
    total: int


@dataclass(frozen=True)
class SearchPage:
    """What the search shows: hits by kind, the best first."""

    courses: Hits[CourseHit]
    articles: Hits[ArticleHit]
    lessons: Hits[LessonHit]
    notes: Hits[Note]

    @property
    def total(self) -> int:
        """How many hits of all kinds there are."""
        return self.courses.total + self.articles.total + self.lessons.total + self.notes.total


def search_page(text: str, viewer: Person | None) -> SearchPage | None:
    """Return what holds every word of the question, or None for an empty one; five statements at most."""
    wanted = terms(text)
    if not wanted:
        return None
    courses = [CourseHit(match, _place(COURSE_PLACES, match.place)) for match in shelf(wanted).matches]
    lessons = _lessons(viewer.id, wanted) if viewer else []
    return SearchPage(_best(courses), _best(_articles(wanted)), _best(lessons), _notes(viewer, wanted))


def _best(hits: list[Hit]) -> Hits[Hit]:
    return Hits(hits[:MOST], len(hits))


def _notes(viewer: Person | None, wanted: Sequence[Term]) -> Hits[Note]:
    if viewer is None:
        return Hits([], 0)
    page = annotations.notes(viewer.id, Wanted(terms=wanted), 1, MOST)
    return Hits(list(page.items), page.total)


def _place(names: Sequence[str], place: int | None) -> str:
    return "text" if place is None else names[place]


def _articles(wanted: Sequence[Term]) -> list[ArticleHit]:
    ranked = []
    for card in articles.matching(wanted):
        found = places(wanted, [card.title, " · ".join(card.topics), card.author_name, card.summary])
        hit = ArticleHit(card, _place(ARTICLE_PLACES, _first(found)))
        ranked.append((score(found, len(ARTICLE_PLACES)), fold(card.title), card.slug, hit))
    return [hit for *_, hit in sorted(ranked, key=lambda item: item[:3])]


def _lessons(person_id: int, wanted: Sequence[Term]) -> list[LessonHit]:
    """Return the matching lessons of the courses that are open to the person; one statement."""
    rows = db.session.execute(
        select(Course.slug, CourseRevision.title, Lesson.slug, Lesson.title, Lesson.summary, Lesson.position)
        .join(Enrollment, Enrollment.revision_id == Lesson.revision_id)
        .join(Enrollment.course)
        .join(Enrollment.revision)
        .where(Enrollment.person_id == person_id, opens_now(), *(_holds(term) for term in wanted))
    )
    ranked = []
    for course_slug, course_title, slug, title, summary, position in rows:
        found = places(wanted, [title, summary])
        hit = LessonHit(course_slug, course_title, slug, title, summary, _place(LESSON_PLACES, _first(found)))
        ranked.append((score(found, len(LESSON_PLACES)), fold(course_title), course_slug, position, hit))
    return [hit for *_, hit in sorted(ranked, key=lambda item: item[:4])]


def _first(found: Sequence[int | None]) -> int | None:
    return min((place for place in found if place is not None), default=None)


def _holds(term: Term) -> ColumnElement[bool]:
    return or_(*(Lesson.search_text.like(like(text), escape="\\") for text in term))
