"""Questions and attempts."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
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
    explanation_html: Mapped[Prose]
    choices: Mapped[list["Choice"]] = relationship(order_by="Choice.position", lazy="raise_on_sql")


class Choice(Model):
    """One answer that can be chosen."""

    __tablename__ = "choice"
    __table_args__ = (UniqueConstraint("question_id", "position"),)

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(BigId, ForeignKey("question.id"))
    position: Mapped[int]
    text_html: Mapped[Prose]
    right: Mapped[bool]


class Attempt(Model):
    """One try at a test. `answers` maps question ids (as text) to lists of choice ids; the score is set at the end.

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
    question_count: Mapped[int]
    score_percent: Mapped[int | None]
    passed: Mapped[bool | None]
