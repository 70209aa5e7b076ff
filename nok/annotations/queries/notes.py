"""Annotations as their owner sees them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, tuple_

from nok.annotations.models import Annotation, Color, PassagePlacement
from nok.annotations.queries.shelves import sources_of
from nok.annotations.queries.texts import shown_numbers
from nok.annotations.rules import Passage, Source, State, from_key
from nok.core.db import db, locked
from nok.core.errors import NotFound
from nok.core.folding import Term, like
from nok.core.ids import is_uuid
from nok.core.pagination import Page
from nok.formats.web_annotation import WebAnnotation

PAGE_SIZE = 50
MOST_TAKEN = 100_000
_REVIEWED = (State.CHANGED, State.ASK, State.ORPHAN)


@dataclass(frozen=True)
class Note:
    """An annotation and where it stands in one revision: that of the page, or the latest it was looked for in.

    `state` is None for a note without a passage, and for a passage that was not looked for yet. `start` and `end` are
    characters of the revision `number`; of a passage that is not drawn, those where it was made. `wording` is what
    stands there now, or may, where that is not the quote. `made_at` are the characters of the revision `made_on`.
    """

    id: str
    source: Source
    number: int
    made_on: int
    made_at: tuple[int, int] | None
    state: State | None
    start: int | None
    end: int | None
    quote: str
    prefix: str
    suffix: str
    wording: str
    color: Color
    note: str
    media_ms: int | None
    version: int
    created: datetime
    changed: datetime

    @property
    def drawn(self) -> bool:
        """Whether it is shown in the text."""
        return self.state is not None and self.state.drawn

    @property
    def needs_review(self) -> bool:
        """Whether its owner should look at what became of it."""
        return self.state in _REVIEWED


@dataclass(frozen=True)
class Wanted:
    """Which notes a list shows; an empty value chooses nothing. `source` is the beginning of a source's key."""

    terms: Sequence[Term] = ()
    color: Color | None = None
    source: str = ""
    kind: str = ""
    review: bool = False


def annotation(person_id: int, annotation_id: str) -> Annotation:
    """Return an annotation of the person, also a deleted one; raise NotFound."""
    found = db.session.scalar(
        select(Annotation).where(Annotation.id == annotation_id, Annotation.person_id == person_id)
    )
    if found is None:
        raise NotFound
    return found


def living(person_id: int, annotation_id: str, *, to_change: bool = False) -> Annotation:
    """Return an annotation of the person that is not deleted, `to_change` locked until the commit; raise NotFound."""
    wanted = select(Annotation).where(
        Annotation.id == annotation_id, Annotation.person_id == person_id, Annotation.deleted_at.is_(None)
    )
    found = db.session.scalar(locked(wanted) if to_change else wanted)
    if found is None:
        raise NotFound
    return found


def known_by(annotation_id: str) -> Annotation | None:
    """Return the annotation of this id, whosever it is, or None."""
    return db.session.get(Annotation, annotation_id)


def same_passage(person_id: int, source: Source, number: int, passage: Passage, note: str) -> Annotation | None:
    """Return the person's annotation of just this passage that a color or this note can be given to, or None."""
    return db.session.scalar(
        select(Annotation)
        .where(
            Annotation.person_id == person_id,
            Annotation.source == source.key,
            Annotation.made_on == number,
            Annotation.start == passage.start,
            Annotation.end == passage.end,
            Annotation.note.in_(("", note)) if note else true(),
            Annotation.deleted_at.is_(None),
        )
        .order_by(Annotation.note.desc(), Annotation.created_at)
        .limit(1)
    )


def note(made: Annotation) -> Note:
    """Return an annotation as it was made, on the revision that it was made on."""
    return _shown(made, None, made.made_on)


def notes_in(person_id: int, sources: Iterable[Source], number: int) -> list[Note]:
    """Return the person's notes on a page that shows one revision, in the order of the text; one statement."""
    placed = and_(PassagePlacement.annotation_id == Annotation.id, PassagePlacement.revision == number)
    rows = db.session.execute(
        select(Annotation, PassagePlacement)
        .outerjoin(PassagePlacement, placed)
        .where(
            Annotation.person_id == person_id,
            Annotation.source.in_([source.key for source in sources]),
            Annotation.deleted_at.is_(None),
        )
        .order_by(Annotation.created_at, Annotation.id)
    )
    found = [_shown(made, placement, number) for made, placement in rows]
    return sorted(found, key=lambda note: (note.start is None, note.start or note.media_ms or 0))


def notes(
    person_id: int, wanted: Wanted, number: int, size: int = PAGE_SIZE, shown: Mapping[Source, int] | None = None
) -> Page[Note]:
    """Return one page of everything of mine, the latest first, or the first page where there are not so many.

    `shown` says which revision of each source the person is shown, and so where a passage stands for them; without it
    each note is as it was made.
    """
    places = [(source.key, revision) for source, revision in (shown or {}).items()]
    placed = and_(
        PassagePlacement.annotation_id == Annotation.id,
        tuple_(Annotation.source, PassagePlacement.revision).in_(places),
    )
    statement: Select[Annotation, PassagePlacement] = (
        select(Annotation, PassagePlacement).outerjoin(PassagePlacement, placed).where(*_conditions(person_id, wanted))
    )
    rows = db.session.execute(
        statement.add_columns(func.count().over())
        .order_by(Annotation.created_at.desc(), Annotation.id)
        .limit(size)
        .offset((number - 1) * size)
    ).all()
    if not rows and number > 1:
        return notes(person_id, wanted, 1, size, shown)
    found = [_shown(made, placement, placement.revision if placement else made.made_on) for made, placement, _ in rows]
    return Page(found, rows[0][2] if rows else 0, number, size)


def all_notes(person_id: int) -> Sequence[Note]:
    """Return everything of the person, in the order of the sources and of their texts; four statements."""
    shown = shown_numbers(person_id, sources_of(person_id))
    found = notes(person_id, Wanted(), 1, size=MOST_TAKEN, shown=shown).items
    return sorted(found, key=lambda note: (note.source.key, note.start is None, note.start or note.media_ms or 0))


def deleted(person_id: int, annotation_id: str) -> str | None:
    """Return the id if it is a deleted annotation of the person, or None."""
    if not is_uuid(annotation_id):
        return None
    return db.session.scalar(
        select(Annotation.id).where(
            Annotation.id == annotation_id, Annotation.person_id == person_id, Annotation.deleted_at.is_not(None)
        )
    )


def count_in(person_id: int, source: Source) -> int:
    """Return how many annotations the person has on a source."""
    found = db.session.scalar(
        select(func.count()).where(
            Annotation.person_id == person_id, Annotation.source == source.key, Annotation.deleted_at.is_(None)
        )
    )
    return found or 0


def placement_in(made: Annotation, number: int) -> PassagePlacement | None:
    """Return where the passage stands in a later revision, or None."""
    return db.session.scalar(
        select(PassagePlacement).where(PassagePlacement.annotation_id == made.id, PassagePlacement.revision == number)
    )


def note_in_words(note: Note, base_url: str) -> WebAnnotation:
    """Return a note as it was made, in the words of the W3C, its addresses on this site."""
    return WebAnnotation(
        address=f"{base_url}/api/v1/annotations/{note.id}",
        source=base_url + note.source.address(note.made_on),
        color=note.color,
        note=note.note,
        start=note.made_at[0] if note.made_at else None,
        end=note.made_at[1] if note.made_at else None,
        exact=note.quote,
        prefix=note.prefix,
        suffix=note.suffix,
        media_ms=note.media_ms,
        created=note.created,
        modified=note.changed,
    )


def _conditions(person_id: int, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = [Annotation.person_id == person_id, Annotation.deleted_at.is_(None)]
    conditions += [
        or_(*(Annotation.search_text.like(like(text), escape="\\") for text in term)) for term in wanted.terms
    ]
    if wanted.color:
        conditions.append(Annotation.color == wanted.color)
    if wanted.source:
        conditions.append(
            or_(
                Annotation.source == wanted.source,
                *(Annotation.source.startswith(wanted.source + end, autoescape=True) for end in ("/", "#")),
            )
        )
    kinds = {
        "highlight": Annotation.note == "",
        "note": Annotation.note != "",
        "moment": Annotation.media_ms.is_not(None),
    }
    if wanted.kind in kinds:
        conditions.append(kinds[wanted.kind])
    if wanted.review:
        conditions.append(PassagePlacement.state.in_(_REVIEWED))
    return conditions


def _shown(made: Annotation, placement: PassagePlacement | None, number: int) -> Note:
    """Return the note as a page of revision `number` shows it."""
    state, start, end, wording = None, made.start, made.end, ""
    if made.start is not None:
        if placement is None:
            state = State.UNCHANGED if number == made.made_on else None
        else:
            state, wording = placement.state, placement.wording
            if state.drawn:
                start, end = placement.start, placement.end
    return Note(
        id=made.id,
        source=from_key(made.source),
        number=number,
        made_on=made.made_on,
        made_at=(made.start, made.end) if made.start is not None and made.end is not None else None,
        state=state,
        start=start,
        end=end,
        quote=made.quote,
        prefix=made.prefix,
        suffix=made.suffix,
        wording=wording,
        color=made.color,
        note=made.note,
        media_ms=made.media_ms,
        version=made.version,
        created=made.created_at,
        changed=made.changed_at,
    )
