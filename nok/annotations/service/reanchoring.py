"""Find the passages of all annotations in a new revision of their source."""

from collections import Counter
from dataclasses import dataclass, replace

from sqlalchemy import insert

from nok.annotations import queries
from nok.annotations.messages import PassagesToFind
from nok.annotations.models import PassagePlacement
from nok.annotations.queries import Base
from nok.annotations.rules import DETACHED, ORPHAN, Placement, Reanchoring, Source, SourceKind, State
from nok.core import outbox
from nok.core.db import db

BATCH = 5_000
"""Annotations in one transaction: a worker that is killed has lost the work of a second or two."""


@dataclass(frozen=True)
class Impact:
    """What a new text would do to the highlights on a source: how many would come through it in each state.

    Those that were detached from the text do not count.
    """

    states: Counter[State]

    @property
    def total(self) -> int:
        """Return the number of highlights."""
        return self.states.total()


def begin_reanchoring(kind: SourceKind, slug: str, number: int) -> None:
    """Have the annotations of an article, or of all lessons of a course, looked for in a new revision."""
    for source in queries.annotated(kind, slug):
        outbox.publish(PassagesToFind(source.key, number))


def reanchor(source: Source, number: int, batch: int = BATCH) -> None:
    """Find the next passages that have no place in a revision, and have the rest looked for after the commit.

    Each distinct passage is looked for once in a batch, and equal ones stand together. What is placed stays placed, so
    the same message twice changes nothing.
    """
    bases = queries.passages_to_find(source, number, batch)
    if not bases:
        return
    search = _Search(source, queries.text_of(source, number))
    rows = []
    for base in bases:
        found, wording = search.find(base)
        rows.append(
            {
                "annotation_id": base.annotation_id,
                "revision": number,
                "state": found.state,
                "start": found.start,
                "end": found.end,
                "score": round(found.score * 100),
                "wording": "" if wording == base.quote else wording,
            }
        )
    db.session.execute(insert(PassagePlacement), rows)
    if len(bases) == batch:
        outbox.publish(PassagesToFind(source.key, number))


def impact(source: Source, number: int, text: str, most: int = 100_000) -> Impact:
    """Return what would become of the highlights on a source if `text` were its revision `number`."""
    search = _Search(source, text)
    bases = [base for base in queries.passages_to_find(source, number, most) if base.state is not State.DETACHED]
    return Impact(Counter(search.find(base)[0].state for base in bases))


class _Search:
    """Looks for passages of earlier revisions in one text."""

    def __init__(self, source: Source, text: str | None) -> None:
        self._source, self._text = source, text
        self._from: dict[int, Reanchoring | None] = {}
        self._found: dict[tuple[int, int, int], tuple[Placement, str]] = {}

    def find(self, base: Base) -> tuple[Placement, str]:
        """Return where the passage stands, and what stands there.

        A wording that its owner has not confirmed keeps its badge, and what they detached is left alone.
        """
        if base.state is State.DETACHED:
            return DETACHED, ""
        found, wording = self._look(base)
        if base.state is State.CHANGED and found.state.drawn:
            found = replace(found, state=State.CHANGED)
        return found, wording

    def _look(self, base: Base) -> tuple[Placement, str]:
        passage = (base.number, base.start, base.end)
        if passage not in self._found:
            reanchoring = self._reanchoring(base.number)
            placement = reanchoring.place(base.start, base.end) if reanchoring else ORPHAN
            self._found[passage] = placement, (self._text or "")[placement.start : placement.end]
        return self._found[passage]

    def _reanchoring(self, number: int) -> Reanchoring | None:
        if number not in self._from:
            before = queries.text_of(self._source, number)
            self._from[number] = Reanchoring(before, self._text) if before and self._text else None
        return self._from[number]
