"""Every SELECT over annotations, and over the texts that they are made on."""

from nok.annotations.queries.notes import (
    PAGE_SIZE,
    Note,
    Wanted,
    all_notes,
    annotation,
    count_in,
    deleted,
    note,
    note_in_words,
    notes,
    notes_in,
    places_known,
    same_passage,
    sources_of,
    titles,
)
from nok.annotations.queries.passages import Base, passages_to_find
from nok.annotations.queries.texts import Text, annotated, current_number, readable, sources_of_course, text_of

__all__ = [
    "PAGE_SIZE",
    "Base",
    "Note",
    "Text",
    "Wanted",
    "all_notes",
    "annotated",
    "annotation",
    "count_in",
    "current_number",
    "deleted",
    "note",
    "note_in_words",
    "notes",
    "notes_in",
    "passages_to_find",
    "places_known",
    "readable",
    "same_passage",
    "sources_of",
    "sources_of_course",
    "text_of",
    "titles",
]
