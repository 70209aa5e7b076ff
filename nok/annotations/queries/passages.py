"""The passages that a new revision has to be searched for."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, select
from sqlalchemy.orm import aliased

from nok.annotations.models import Annotation, PassagePlacement
from nok.annotations.rules import Source, State
from nok.core.db import db

_DRAWN = [state for state in State if state.drawn]


@dataclass(frozen=True)
class Base:
    """An annotation, and where its passage is known to stand: a revision, and characters of its text.

    `state` is what became of it in the revision before, None where it was not looked for there.
    """

    annotation_id: str
    number: int
    start: int
    end: int
    quote: str
    state: State | None


def passages_to_find(source: Source, number: int, most: int) -> Sequence[Base]:
    """Return up to `most` annotations of earlier revisions that have no place in this one; equal passages together.

    Each is looked for from where it was drawn in the revision before. One that was not drawn there is looked for from
    where it was made: should its sentence come back, it comes back, too.
    """
    before, here = aliased(PassagePlacement), aliased(PassagePlacement)
    drawn = and_(before.id.is_not(None), before.state.in_(_DRAWN))
    places = [
        case((drawn, before.revision), else_=Annotation.made_on).label("number"),
        case((drawn, before.start), else_=Annotation.start).label("start"),
        case((drawn, before.end), else_=Annotation.end).label("end"),
    ]
    rows = db.session.execute(
        select(Annotation.id, *places, Annotation.quote, before.state)
        .outerjoin(before, and_(before.annotation_id == Annotation.id, before.revision == number - 1))
        .outerjoin(here, and_(here.annotation_id == Annotation.id, here.revision == number))
        .where(
            Annotation.source == source.key,
            Annotation.made_on < number,
            Annotation.start.is_not(None),
            here.id.is_(None),
        )
        .order_by(*places, Annotation.id)
        .limit(most)
    )
    return [Base(*row) for row in rows]
