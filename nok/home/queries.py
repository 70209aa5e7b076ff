"""What the front page and My learning show."""

from dataclasses import dataclass
from datetime import datetime

from nok.accounts.models import Person
from nok.certificates import queries as certificates
from nok.enrollments import queries as enrollments
from nok.learning import queries as learning

PERCENT = 100


@dataclass(frozen=True)
class LearningCard:
    """A course of mine: how far I am, and what I hold for it."""

    slug: str
    title: str
    percent: int
    lessons_done: int
    lessons_total: int
    next_slug: str
    next_title: str
    completed_on: datetime | None
    certificate_serial: str | None
    access_ended: bool


def learning_cards(person: Person) -> list[LearningCard]:
    """Return the person's courses, unfinished ones first; four statements, however many courses."""
    overviews, serials = learning.overviews(person.id), certificates.serials_by_enrollment(person.id)
    cards = []
    for enrollment in enrollments.of_person(person.id):
        far = overviews[enrollment.id]
        open_ = enrollment.ended_at is None
        cards.append(
            LearningCard(
                slug=enrollment.course.slug,
                title=enrollment.revision.title,
                percent=far.done * PERCENT // far.total,
                lessons_done=far.done,
                lessons_total=far.total,
                next_slug=far.next_slug if open_ else "",
                next_title=far.next_title if open_ else "",
                completed_on=far.completed_at,
                certificate_serial=serials.get(enrollment.id),
                access_ended=not open_,
            )
        )
    return sorted(cards, key=lambda card: card.completed_on is not None)
