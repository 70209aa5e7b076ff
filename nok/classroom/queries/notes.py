"""My notes beside a lesson."""

from dataclasses import dataclass

from nok.annotations import queries as annotations
from nok.annotations.queries import Note
from nok.annotations.rules import Source, SourceKind
from nok.courses.models import Lesson, LessonKind

NOTED = (LessonKind.TEXT, LessonKind.VIDEO, LessonKind.FILE)


@dataclass(frozen=True)
class LessonNotes:
    """Notes on the text of a lesson, on its film's transcript and moments, and on the whole.

    `marked` is the address of the text that is marked, `whole` that of the lesson; a text lesson has one for both.
    """

    marked: str
    whole: str
    film: bool
    notes: list[Note]


def lesson_notes(
    person_id: int | None, course: str, lesson: Lesson, number: int, language: str = ""
) -> LessonNotes | None:
    """Return a person's notes on a lesson of one revision, or None for a test and the like; one statement."""
    if lesson.kind not in NOTED:
        return None
    whole = Source(SourceKind.LESSON, course, lesson.slug)
    marked = Source(SourceKind.CAPTIONS, course, lesson.slug, language) if language else whole
    found = annotations.notes_in(person_id, {whole, marked}, number) if person_id is not None else []
    return LessonNotes(marked.address(number), whole.address(number), lesson.kind is LessonKind.VIDEO, found)
