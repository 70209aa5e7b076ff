"""Annotations, and where their passages stand in each revision."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nok.annotations.rules import State
from nok.core.db import BigId, Created, Id, Model, Moment, Prose, UtcDateTime, words_of


class Color(StrEnum):
    """The colors of the marker."""

    AMBER = "amber"
    JADE = "jade"
    SKY = "sky"
    ROSE = "rose"


class Annotation(Model):
    """A highlighted passage, a note about it, or a note about the whole source. It belongs to `person_id` alone.

    `source` is a text with revisions (see `rules.Source`), `made_on` the number of the revision that it was made on.
    `start` and `end` count characters of that revision's text; without a passage both are None, the `quote` is empty.
    `media_ms` is the moment of a film. `version` counts its changes, `deleted_at` lets a deletion be undone.
    """

    __tablename__ = "annotation"
    __table_args__ = (
        Index("ix_annotation_person_id_source", "person_id", "source"),
        Index("ix_annotation_source", "source", "made_on"),
        Index("ix_annotation_person_id_created_at", "person_id", "created_at"),
        CheckConstraint('("start" IS NULL) = ("end" IS NULL)', name="passage"),
    )

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    source: Mapped[str] = mapped_column(String(300))
    made_on: Mapped[int]
    start: Mapped[int | None]
    end: Mapped[int | None]
    quote: Mapped[Prose]
    prefix: Mapped[Prose]
    suffix: Mapped[Prose]
    media_ms: Mapped[int | None]
    color: Mapped[Color] = mapped_column(words_of(Color))
    note: Mapped[Prose]
    search_text: Mapped[Prose] = mapped_column(deferred=True, deferred_raiseload=True)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[Created]
    changed_at: Mapped[Moment]
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PassagePlacement(Model):
    """Where the passage of an annotation stands in a later revision than the one that it was made on.

    `wording` is what stands there when that is not the quote; `score` is in percent.
    """

    __tablename__ = "passage_placement"
    __table_args__ = (UniqueConstraint("annotation_id", "revision"),)

    id: Mapped[Id]
    annotation_id: Mapped[str] = mapped_column(String(36), ForeignKey("annotation.id", ondelete="CASCADE"))
    revision: Mapped[int]
    state: Mapped[State] = mapped_column(words_of(State))
    start: Mapped[int]
    end: Mapped[int]
    score: Mapped[int]
    wording: Mapped[Prose]
