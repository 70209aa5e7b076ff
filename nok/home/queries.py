"""What the front page and My learning show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from nok.accounts.models import Person
from nok.annotations import queries as annotations
from nok.annotations.queries import Note, Wanted
from nok.certificates import queries as certificates
from nok.core.clock import day_in, now
from nok.credits import queries as licensing
from nok.credits.queries import HeldLicense
from nok.enrollments import queries as enrollments
from nok.enrollments.models import EndReason
from nok.enrollments.rules import TOLD_AHEAD, is_open, may_return
from nok.learning import queries as learning

PERCENT = 100
NOTES_SHOWN = 3


@dataclass(frozen=True)
class LearningCard:
    """A course of mine: how far I am, and what I hold for it.

    `open` says whether I may go in. `access_until` is when the window closes or has closed; `closing` within a week.
    `left_on` is when I left, or was taken out. `gate` says how it stands with what comes next. `awaits_name` when the
    certificate is not made before I have confirmed my name.
    """

    slug: str
    title: str
    percent: int
    lessons_done: int
    lessons_total: int
    next_slug: str
    next_title: str
    gate: str
    completed_on: datetime | None
    certificate_serial: str | None
    awaits_name: bool
    open: bool
    access_until: datetime | None
    closing: bool
    left_on: datetime | None
    may_return: bool


@dataclass(frozen=True)
class Learning:
    """My courses: those that are open, unfinished ones first, and those that I can no longer enter."""

    courses: list[LearningCard]
    ended: list[LearningCard]


@dataclass(frozen=True)
class Beside:
    """What stands beside my courses: my licenses, and my latest notes with the titles of their pages."""

    licenses: list[HeldLicense]
    notes: Sequence[Note]
    titles: Mapping[str, tuple[str, str]]


def beside_learning(person: Person) -> Beside:
    """Return what stands beside the person's courses; five statements, however much there is."""
    latest = annotations.notes(person.id, Wanted(), 1, NOTES_SHOWN).items
    return Beside(
        licensing.licenses_of(person.id, day_in(person.time_zone, now())),
        latest,
        annotations.titles([note.source for note in latest]),
    )


def learning_page(person: Person) -> Learning:
    """Return the person's courses; four statements, however many courses."""
    overviews, serials = learning.overviews(person.id), certificates.serials_by_enrollment(person.id)
    moment, nameless = now(), person.license_name_confirmed_at is None
    cards = []
    for enrollment in enrollments.of_person(person.id):
        far, serial = overviews[enrollment.id], serials.get(enrollment.id)
        until = enrollment.access_until
        open_ = is_open(enrollment.ended_at, until, moment)
        cards.append(
            LearningCard(
                slug=enrollment.course.slug,
                title=enrollment.revision.title,
                percent=far.done * PERCENT // far.total,
                lessons_done=far.done,
                lessons_total=far.total,
                next_slug=far.next_slug,
                next_title=far.next_title,
                gate=far.gate if open_ else "",
                completed_on=far.completed_at,
                certificate_serial=serial,
                awaits_name=far.completed_at is not None and serial is None and nameless,
                open=open_,
                access_until=until,
                closing=until is not None and open_ and until <= moment + TOLD_AHEAD,
                left_on=enrollment.ended_at,
                may_return=may_return(enrollment.ended_at, until, moment, left=enrollment.end_reason is EndReason.LEFT),
            )
        )
    return Learning(
        sorted((card for card in cards if card.open), key=lambda card: card.completed_on is not None),
        [card for card in cards if not card.open],
    )
