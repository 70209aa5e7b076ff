"""Articles and their immutable revisions."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from nok.accounts.models import TeacherProfile
from nok.core.db import BigId, Created, Id, Model, Moment, Prose, Slug, Title
from nok.media.models import StoredFile


class Article(Model):
    """An article. `current_number` is the revision that readers see."""

    __tablename__ = "article"

    id: Mapped[Id]
    slug: Mapped[Slug] = mapped_column(String(120), unique=True)
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("teacher_profile.person_id"), index=True)
    current_number: Mapped[int | None]
    created_at: Mapped[Created]
    author: Mapped[TeacherProfile] = relationship(lazy="raise_on_sql")


class ArticleRevision(Model):
    """What was published at one moment, never changed. `blocks` is a list of [key, kind, Markdown, HTML] in order."""

    __tablename__ = "article_revision"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[Id]
    article_id: Mapped[int] = mapped_column(BigId, ForeignKey("article.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    title: Mapped[Title]
    summary: Mapped[Prose]
    category: Mapped[str] = mapped_column(String(80))
    reviewer: Mapped[str] = mapped_column(String(120))
    reviewer_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("teacher_profile.person_id"), index=True)
    minutes: Mapped[int]
    picture: Mapped[str] = mapped_column(String(120))
    picture_width: Mapped[int | None]
    picture_height: Mapped[int | None]
    picture_alt: Mapped[Prose]
    picture_caption: Mapped[Prose]
    blocks: Mapped[list[Any]] = mapped_column(JSON)
    sources: Mapped[list[Any]] = mapped_column(JSON)
    related_courses: Mapped[list[Any]] = mapped_column(JSON)
    related_articles: Mapped[list[Any]] = mapped_column(JSON, default=list, server_default="[]")
    topics: Mapped[list[Any]] = mapped_column(JSON)
    disclosure: Mapped[Prose] = mapped_column(default="", server_default="")
    evidence_note: Mapped[Prose] = mapped_column(default="", server_default="")
    search_text: Mapped[Prose]
    updated_on: Mapped[date] = mapped_column(Date)
    published_at: Mapped[Created]
    article: Mapped[Article] = relationship(lazy="raise_on_sql")


class ArticlePicture(Model):
    """A picture that a revision shows, by its file name."""

    __tablename__ = "article_picture"
    __table_args__ = (UniqueConstraint("revision_id", "name"),)

    id: Mapped[Id]
    revision_id: Mapped[int] = mapped_column(BigId, ForeignKey("article_revision.id"))
    name: Mapped[str] = mapped_column(String(120))
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="raise_on_sql")


class ArticleDraft(Model):
    """What its author has written and not published: the `fields` of the form as typed, empty when there is nothing.

    `version` counts what was done with it and never goes back; `base` is the revision that it goes on from, or 0.
    """

    __tablename__ = "article_draft"

    article_id: Mapped[int] = mapped_column(BigId, ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    base: Mapped[int]
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    changed_at: Mapped[Moment]


class ArticleDraftPicture(Model):
    """A picture that was uploaded for an article and that no revision need show yet."""

    __tablename__ = "article_draft_picture"
    __table_args__ = (UniqueConstraint("article_id", "name"),)

    id: Mapped[Id]
    article_id: Mapped[int] = mapped_column(BigId, ForeignKey("article.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(120))
    file_id: Mapped[int] = mapped_column(BigId, ForeignKey("stored_file.id"))
    file: Mapped[StoredFile] = relationship(lazy="raise_on_sql")
