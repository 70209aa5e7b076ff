"""Questions and attempts, worksheets and their reviews, evaluations."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.core.db import BigId, Created, Id, Model, Prose, Slug, UtcDateTime, words_of


class QuestionKind(enum.StrEnum):
    """How many choices are right: exactly one, or one and more."""

    SINGLE = "single"
    MULTIPLE = "multiple"


class Question(Model):
    """A question of a test lesson; as immutable as the revision it belongs to."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("lesson_id", "key"), UniqueConstraint("lesson_id", "position"))

    id: Mapped[Id]
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"))
    position: Mapped[int]
    key: Mapped[Slug]
    kind: Mapped[QuestionKind] = mapped_column(words_of(QuestionKind))
    stem_html: Mapped[Prose]
    stem_markdown: Mapped[Prose] = mapped_column(default="", server_default="")
    explanation_html: Mapped[Prose]
    explanation_markdown: Mapped[Prose] = mapped_column(default="", server_default="")
    choices: Mapped[list["Choice"]] = relationship(order_by="Choice.position", lazy="raise_on_sql")


class Choice(Model):
    """One answer that can be chosen."""

    __tablename__ = "choice"
    __table_args__ = (UniqueConstraint("question_id", "position"),)

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(BigId, ForeignKey("question.id"))
    position: Mapped[int]
    text_html: Mapped[Prose]
    text_markdown: Mapped[Prose] = mapped_column(default="", server_default="")
    right: Mapped[bool]


class Attempt(Model):
    """One try at a test. `answers` maps question ids (as text) to lists of choice ids; the score is set at the end.

    `drawn` is what is asked, in the order shown: a list of [question id, [choice id, …]]; [] stands for every question
    of the lesson as it was written.
    `deadline_at` is by the server's clock; answers that arrive later count as they were saved before it.
    """

    __tablename__ = "attempt"
    __table_args__ = (UniqueConstraint("enrollment_id", "lesson_id", "number"),)

    id: Mapped[Id]
    enrollment_id: Mapped[int] = mapped_column(BigId, ForeignKey("enrollment.id"))
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"), index=True)
    number: Mapped[int]
    started_at: Mapped[Created]
    deadline_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    right_count: Mapped[int | None]
    drawn: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    question_count: Mapped[int]
    score_percent: Mapped[int | None]
    passed: Mapped[bool | None]


class WorksheetPrompt(Model):
    """A task of a worksheet lesson; as immutable as the revision it belongs to. `least_words` 0 asks for any answer."""

    __tablename__ = "worksheet_prompt"
    __table_args__ = (UniqueConstraint("lesson_id", "key"), UniqueConstraint("lesson_id", "position"))

    id: Mapped[Id]
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"))
    position: Mapped[int]
    key: Mapped[Slug]
    text_html: Mapped[Prose]
    text_markdown: Mapped[Prose]
    least_words: Mapped[int] = mapped_column(default=0)


class WorksheetState(enum.StrEnum):
    """Where a worksheet stands between the learner and the reviewer."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Worksheet(Model):
    """What a learner writes. `answers` maps prompt keys to text, saved as typed; `saves` counts the savings.

    `comment` is the reviewer's latest word; all words stand in the reviews.
    """

    __tablename__ = "worksheet"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "lesson_id"),
        Index("ix_worksheet_waiting", "state", "submitted_at"),
    )

    id: Mapped[Id]
    enrollment_id: Mapped[int] = mapped_column(BigId, ForeignKey("enrollment.id"))
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"), index=True)
    state: Mapped[WorksheetState] = mapped_column(words_of(WorksheetState), default=WorksheetState.DRAFT)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saves: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[Created]
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    comment: Mapped[Prose] = mapped_column(default="")


class WorksheetReview(Model):
    """A reviewer's verdict on what was handed in, with the answers as they were then; never changed."""

    __tablename__ = "worksheet_review"

    id: Mapped[Id]
    worksheet_id: Mapped[int] = mapped_column(BigId, ForeignKey("worksheet.id"), index=True)
    reviewer_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), index=True)
    at: Mapped[Created]
    accepted: Mapped[bool]
    comment: Mapped[Prose]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)


class Evaluation(Model):
    """A learner's word on the course, once. `ratings` maps a topic to 1 (poor) … 5 (excellent).

    The topics are the four that 16 CCR 1399.483 asks a course to be rated by: whether each objective was met
    (`objective-1` …), the teacher's knowledge, the teaching methods, the usefulness.
    """

    __tablename__ = "evaluation"
    __table_args__ = (UniqueConstraint("enrollment_id", "lesson_id"),)

    id: Mapped[Id]
    enrollment_id: Mapped[int] = mapped_column(BigId, ForeignKey("enrollment.id"))
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"), index=True)
    ratings: Mapped[dict[str, Any]] = mapped_column(JSON)
    comment: Mapped[Prose]
    submitted_at: Mapped[Created]
