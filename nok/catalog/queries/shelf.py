"""The published courses as the catalog filters, counts and ranks them: every match, in few small columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from nok.core.clock import now
from nok.core.db import db
from nok.core.folding import Term, fold, places, score
from nok.courses import queries as courses
from nok.courses.queries import CourseCard
from nok.credits.models import Approval, Board

# What a match may be in, the most telling first.
TITLE, TOPIC, TEACHER, LESSON, SUMMARY = range(5)
# A lesson's title weighs as much as the teacher's name.
_WEIGHT = {TITLE: 0, TOPIC: 1, TEACHER: 2, LESSON: 2, SUMMARY: 3}
_WEIGHTS = len(set(_WEIGHT.values()))


@dataclass(frozen=True)
class Match:
    """A course that holds every word of the question; `place` is the most telling place, `lesson` which it was."""

    card: CourseCard
    rank: tuple[int, ...]
    place: int | None
    lesson: str


@dataclass(frozen=True)
class Shelf:
    """Every published course, and those that hold every term of the question, the best first."""

    cards: Sequence[CourseCard]
    matches: Sequence[Match]


def shelf(terms: Sequence[Term]) -> Shelf:
    """Return what is published and what of it matches; two statements, one without terms."""
    rows = courses.shelf(terms)
    cards = [card for card, _ in rows]
    if not terms:
        return Shelf(cards, [Match(card, (), None, "") for card in sorted(cards, key=by_title)])
    matching = [card for card, matches in rows if matches]
    lessons = courses.lesson_titles([card.revision_id for card in matching])
    found = [_match(card, terms, lessons.get(card.revision_id, [])) for card in matching]
    return Shelf(cards, sorted(found, key=lambda match: (match.rank, by_title(match.card))))


def by_title(card: CourseCard) -> tuple[str, str]:
    """Return what sorts cards by title, the same on every database."""
    return fold(card.title), card.slug


def boards_today() -> dict[int, dict[str, str]]:
    """Return the boards whose approval covers today, name by code, by course; one statement."""
    today: date = now().date()
    rows = db.session.execute(
        select(Approval.course_id, Board.code, Board.name)
        .join(Approval.board)
        .where(Approval.valid_from <= today, Approval.valid_until >= today)
    )
    found: dict[int, dict[str, str]] = {}
    for course_id, code, name in rows:
        found.setdefault(course_id, {})[code] = name
    return found


def _match(card: CourseCard, terms: Sequence[Term], lessons: Sequence[str]) -> Match:
    fields = [card.title, " · ".join(card.topics), card.teacher_name, " · ".join(lessons), card.summary]
    found = places(terms, fields)
    weights = [None if place is None else _WEIGHT[place] for place in found]
    best = min((place for place in found if place is not None), default=None)
    lesson = _lesson(terms, lessons) if best == LESSON else ""
    return Match(card, score(weights, _WEIGHTS), best, lesson)


def _lesson(terms: Sequence[Term], lessons: Sequence[str]) -> str:
    return next((title for title in lessons if any(place == 0 for place in places(terms, [title]))), "")
