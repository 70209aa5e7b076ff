"""Highlight, note, change, delete, undo, and decide about a passage whose text was changed."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from nok.annotations import queries
from nok.annotations.messages import PassagesToFind
from nok.annotations.models import Annotation, Color
from nok.annotations.rules import LONGEST_QUOTE, Passage, Source, State, find, from_key, passage_at
from nok.core import outbox
from nok.core.clock import now
from nok.core.db import add_once
from nok.core.errors import Conflict, Invalid
from nok.core.folding import search_text
from nok.core.ids import new_uuid

MOST_OF_SOURCE = 2_000
"""So many annotations one person may have on one source: far more than people make, and a page can still show them."""


@dataclass(frozen=True)
class Marked:
    """What is to be annotated. `number` is the revision that was shown, None for the one that the person is shown now.

    A passage is given by its characters, by its quote, or by both, which have to agree; `prefix` and `suffix` may stand
    around the quote. Without either it is a note about the source, or about the moment `media_ms` of its film.
    """

    source: Source
    number: int | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    media_ms: int | None = None


def make(person_id: int, marked: Marked, color: Color, note: str, wished_id: str = "") -> Annotation:
    """Add an annotation; raise NotFound for a text that the person may not read, Invalid for a passage it has not.

    A highlight of the same passage without a note gets the color and the note instead. `wished_id` is what the sender
    calls it, a UUID: what comes twice because the answer got lost is made once.
    """
    sent_before = queries.known_by(wished_id) if wished_id else None
    if sent_before is not None and sent_before.person_id == person_id:
        return sent_before
    text = queries.readable(person_id, marked.source, marked.number)
    passage = _passage(text.text, marked)
    if passage is None and not note:
        raise Invalid(_("Select some words to highlight, or write a note."), field="note")
    if queries.count_in(person_id, marked.source) >= MOST_OF_SOURCE:
        raise Conflict(_("There are %(most)s notes of yours here. Delete one first.", most=MOST_OF_SOURCE))
    known = queries.same_passage(person_id, marked.source, text.number, passage, note) if passage else None
    if known is not None:
        change(known, color, note or known.note)
        return known
    made = _annotation(person_id, marked, text.number, passage)
    made.id = wished_id if wished_id and sent_before is None else new_uuid()
    made.color, made.note = color, note
    made.search_text = _searched(made)
    if not add_once(made):  # the same one came twice at once
        return queries.annotation(person_id, made.id)
    current = queries.current_number(marked.source)
    if passage is not None and current is not None and current > text.number:
        outbox.publish(PassagesToFind(made.source, current))
    return made


def _annotation(person_id: int, marked: Marked, number: int, passage: Passage | None) -> Annotation:
    moment = now()
    return Annotation(
        person_id=person_id,
        source=marked.source.key,
        made_on=number,
        start=passage.start if passage else None,
        end=passage.end if passage else None,
        quote=passage.exact if passage else "",
        prefix=passage.prefix if passage else "",
        suffix=passage.suffix if passage else "",
        media_ms=marked.media_ms,
        version=1,
        created_at=moment,
        changed_at=moment,
    )


def change(made: Annotation, color: Color, note: str) -> None:
    """Change color and note; raise Invalid where nothing would be left of it."""
    if not note and made.start is None:
        raise Invalid(_("Write a note, or delete it."), field="note")
    if (made.color, made.note) == (color, note):
        return
    made.color, made.note = color, note
    made.search_text = _searched(made)
    _touch(made)


def remove(made: Annotation) -> None:
    """Delete it; `restore` brings it back."""
    if made.deleted_at is None:
        made.deleted_at = now()
        _touch(made)


def restore(made: Annotation) -> None:
    """Undo a deletion."""
    if made.deleted_at is not None:
        made.deleted_at = None
        _touch(made)


def settle(made: Annotation, number: int, *, keep: bool) -> None:
    """Say whether the passage found in a revision is still the one that was meant. Not kept, the note stays."""
    placement = queries.placement_in(made, number)
    source = from_key(made.source)
    shown = queries.shown_numbers(made.person_id, [source]).get(source)
    if placement is None or number != shown or not 0 <= placement.start < placement.end:
        raise Conflict(_("There is no passage to decide about any more. Reload the page."))
    placement.state = State.MOVED if keep else State.DETACHED
    if not keep:
        placement.wording = ""
    _touch(made)


def _passage(text: str, marked: Marked) -> Passage | None:
    if len(marked.quote) > LONGEST_QUOTE:
        raise Invalid(_("Highlight at most %(most)s characters at once.", most=LONGEST_QUOTE), field="quote")
    if marked.start is None or marked.end is None:
        return _quoted(text, marked) if marked.quote else None
    passage = passage_at(text, marked.start, marked.end)
    if passage is None:
        raise Invalid(_("This passage is not in the text. Reload the page and select it again."), field="quote")
    if len(passage.exact) > LONGEST_QUOTE:
        raise Invalid(_("Highlight at most %(most)s characters at once.", most=LONGEST_QUOTE), field="quote")
    if marked.quote and passage.exact.split() != marked.quote.split():
        return _quoted(text, marked)
    return passage


def _quoted(text: str, marked: Marked) -> Passage:
    found = find(text, marked.quote, marked.prefix, marked.suffix)
    if not found:
        raise Invalid(_("These words are not in the text. Copy them from it exactly."), field="quote")
    if len(found) > 1:
        raise Invalid(
            _("These words are in the text %(count)s times. Copy a few more of them.", count=len(found)), field="quote"
        )
    return found[0]


def _searched(made: Annotation) -> str:
    return search_text(made.note, made.quote)


def _touch(made: Annotation) -> None:
    made.version += 1
    made.changed_at = now()
