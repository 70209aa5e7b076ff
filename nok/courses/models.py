"""Courses and their immutable revisions."""

import enum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.accounts.models import TeacherProfile
from nok.core.db import BigId, Created, Id, Model, Prose, Slug, Title, words_of
from nok.media.models import StoredFile, Video


class LessonKind(enum.StrEnum):
    """What one does in a lesson."""

    VIDEO = "video"
    TEXT = "text"
    FILE = "file"
    TEST = "test"
    WORKSHEET = "worksheet"
    EVALUATION = "evaluation"


class Course(Model):
    """A course. `current_number` is the revision that new enrollments begin with; None until it is published.

    `price_cents` is 0 for a free course; `currency` is an ISO 4217 code.
    """

    __tablename__ = "course"

    id: Mapped[Id]
    slug: Mapped[Slug] = mapped_column(String(120), unique=True)
    teacher_id: Mapped[int] = mapped_column(BigId, ForeignKey("teacher_profile.person_id"), index=True)
    current_number: Mapped[int | None]
    price_cents: Mapped[int] = mapped_column(default=0, server_default="0")
    currency: Mapped[str] = mapped_column(String(3), default="USD", server_default="USD")
    created_at: Mapped[Created]
    teacher: Mapped[TeacherProfile] = relationship(lazy="raise_on_sql")


class CourseRevision(Model):
    """What was published at one moment. Nothing in it, or below it, is ever changed.

    `digest` is the course folder's SHA-256, `pass_mark` a percentage, `attempts` 0 for unlimited,
    `time_limit_minutes` 0 for none, `speed_cap_percent` 150 for 1.5 times, `access_days` 0 for an enrollment without
    end. `requirements` is what the approvals of that day demanded, by board code. `search_text` is folded.
    """

    __tablename__ = "course_revision"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(BigId, ForeignKey("course.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[Title]
    summary: Mapped[Prose]
    language: Mapped[str] = mapped_column(String(20))
    about_html: Mapped[Prose]
    about_markdown: Mapped[Prose] = mapped_column(default="", server_default="")
    scope_notice_html: Mapped[Prose]
    scope_notice_markdown: Mapped[Prose] = mapped_column(default="", server_default="")
    scope_notice_short: Mapped[Prose]
    statement: Mapped[Title]
    objectives: Mapped[list[Any]] = mapped_column(JSON)
    topics: Mapped[list[Any]] = mapped_column(JSON)
    category: Mapped[str] = mapped_column(String(80), default="", server_default="")
    sources: Mapped[list[Any]] = mapped_column(JSON)
    pass_mark: Mapped[int]
    attempts: Mapped[int]
    time_limit_minutes: Mapped[int]
    speed_cap_percent: Mapped[int]
    access_days: Mapped[int] = mapped_column(default=0, server_default="0")
    requirements: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")
    minutes: Mapped[int]
    lesson_count: Mapped[int]
    video_count: Mapped[int] = mapped_column(default=0, server_default="0")
    question_count: Mapped[int]
    search_text: Mapped[Prose]
    published_at: Mapped[Created]
    course: Mapped[Course] = relationship(lazy="raise_on_sql")


class Section(Model):
    """A part of a revision, with its lessons in order."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("revision_id", "position"),)

    id: Mapped[Id]
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("course_revision.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(120))
    title: Mapped[Title]


class Lesson(Model):
    """One lesson of a revision. `slug` is unique in the revision, `position` counts through all sections from 1.

    `preview`: anyone may read or watch it. Of a test, `draw_count` questions are drawn for each attempt (0: all).
    `chapters` of a video is a list of [start in media ms, title]; `file_name` is what a file lesson's file is called.
    `search_text` is the folded title, summary and text.
    """

    __tablename__ = "lesson"
    __table_args__ = (UniqueConstraint("revision_id", "slug"), UniqueConstraint("revision_id", "position"))

    id: Mapped[Id]
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("course_revision.id"))
    section_id: Mapped[int] = mapped_column(BigId, ForeignKey("section.id"), index=True)
    position: Mapped[int]
    slug: Mapped[Slug]
    title: Mapped[Title]
    summary: Mapped[Prose]
    kind: Mapped[LessonKind] = mapped_column(words_of(LessonKind))
    minutes: Mapped[int]
    question_count: Mapped[int]
    draw_count: Mapped[int] = mapped_column(default=0, server_default="0")
    shuffle: Mapped[bool] = mapped_column(default=False, server_default=false())
    preview: Mapped[bool] = mapped_column(default=False, server_default=false())
    chapters: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    video_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("video.id"), index=True)
    file_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("stored_file.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    # Only searches look into it, and a page shows many lessons.
    search_text: Mapped[Prose] = mapped_column(default="", server_default="", deferred=True, deferred_raiseload=True)
    section: Mapped[Section] = relationship(lazy="raise_on_sql")
    video: Mapped[Video | None] = relationship(lazy="raise_on_sql")
    file: Mapped[StoredFile | None] = relationship(lazy="raise_on_sql")


class Block(Model):
    """A piece of a lesson's text. `key` (such as `b-0k3m…`) is the same thing's id in every revision."""

    __tablename__ = "block"
    __table_args__ = (UniqueConstraint("lesson_id", "key"), Index("ix_block_order", "lesson_id", "position"))

    id: Mapped[Id]
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(30))
    markdown: Mapped[Prose]
    html: Mapped[Prose]


class Captions(Model):
    """The captions of a video lesson in one language: the file as uploaded, and its cues.

    `cues` is a list of [key, start in ms, end in ms, text]; the key is the cue's block id.
    """

    __tablename__ = "captions"
    __table_args__ = (UniqueConstraint("lesson_id", "language"),)

    id: Mapped[Id]
    lesson_id: Mapped[int] = mapped_column(BigId, ForeignKey("lesson.id"))
    language: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(60))
    vtt: Mapped[Prose]
    cues: Mapped[list[Any]] = mapped_column(JSON)


class RevisionPicture(Model):
    """A picture that lessons of a revision show, by its file name."""

    __tablename__ = "revision_picture"
    __table_args__ = (UniqueConstraint("revision_id", "name"),)

    id: Mapped[Id]
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("course_revision.id"))
    name: Mapped[str] = mapped_column(String(120))
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="raise_on_sql")
