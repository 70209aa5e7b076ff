"""Every SELECT over annotations, and over the texts that they are made on."""

from nok.annotations.queries.notes import (
    PAGE_SIZE,
    Note,
    Wanted,
    all_notes,
    annotation,
    count_in,
    deleted,
    known_by,
    living,
    note,
    note_in_words,
    notes,
    notes_in,
    placement_in,
    same_passage,
)
from nok.annotations.queries.passages import Base, passages_to_find
from nok.annotations.queries.shelves import sources_of, titles
from nok.annotations.queries.texts import Text, annotated, current_number, readable, shown_numbers, text_of

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
    "known_by",
    "living",
    "note",
    "note_in_words",
    "notes",
    "notes_in",
    "passages_to_find",
    "placement_in",
    "readable",
    "same_passage",
    "shown_numbers",
    "sources_of",
    "text_of",
    "titles",
]
