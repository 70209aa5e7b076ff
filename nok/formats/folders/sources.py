"""What a course folder and an article folder say, once all of it is known to be right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal

from nok.formats.blocks import Block
from nok.formats.questions import Question
from nok.formats.webvtt import Cue
from nok.formats.worksheets import Prompt

LessonKind = Literal["video", "text", "file", "test", "worksheet", "evaluation"]


@dataclass(frozen=True, slots=True)
class ReferenceSource:
    """A work that the text rests on; `url` may be empty."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A picture that is shown; `name` is without `pictures/`.

    Its `path`, like that of a video or a document, is a file's; of a course that was read from the database it is the
    key under which the storage keeps the bytes.
    """

    name: str
    path: Path
    size: tuple[int, int] | None = None
    """Width and height in CSS pixels, where the file says them."""


@dataclass(frozen=True, slots=True)
class CaptionSource:
    """Captions of a video in one language (BCP 47): the text of the file, and what it says."""

    language: str
    label: str
    vtt: str
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class ChapterSource:
    """Where a part of a video begins, in milliseconds."""

    start_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class VideoSource:
    """A video file, its captions, at least one, and its chapters in order, if any."""

    path: Path
    captions: tuple[CaptionSource, ...]
    chapters: tuple[ChapterSource, ...]


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """A PDF file to read; `name` is without `files/`."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class LessonSource:
    """A lesson; `minutes` is the time it takes to read or do, `file` its name in the folder.

    `preview`: anyone may see it. Of a test, `draw` questions are asked in each attempt (0: all of them).
    """

    slug: str
    title: str
    kind: LessonKind
    summary: str
    minutes: int
    preview: bool
    blocks: tuple[Block, ...]
    video: VideoSource | None
    document: DocumentSource | None
    questions: tuple[Question, ...]
    draw: int
    shuffle: bool
    prompts: tuple[Prompt, ...]
    file: str

    @property
    def asked(self) -> int:
        """How many questions one attempt asks."""
        return self.draw or len(self.questions)


@dataclass(frozen=True, slots=True)
class SectionSource:
    """A part of the outline."""

    key: str
    title: str
    lessons: tuple[LessonSource, ...]


@dataclass(frozen=True, slots=True)
class ApprovalSource:
    """A board's approval: credit `hours` as that board counts them, valid on both days named.

    `delivery` is how the course may be taught, such as "online, on demand", or empty.
    """

    board: str
    board_name: str
    number: str
    hours: Decimal
    category: str
    delivery: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class CourseFolder:
    """A course. `about` and `scope_notice` are Markdown or empty.

    `certificate_notice` is the first paragraph of the scope notice as plain text, short enough for its place.
    `attempts` 0, `time_limit_minutes` 0 and `access_days` 0 mean without limit; `pass_mark` is in percent;
    `price_cents` 0 is free.
    `digest` is the SHA-256, in hex, of all files read. `plain`: it was read from Markdown alone, which cannot say more
    than text.
    """

    slug: str
    title: str
    summary: str
    language: str
    teacher_email: str
    category: str
    price_cents: int
    currency: str
    access_days: int
    topics: tuple[str, ...]
    objectives: tuple[str, ...]
    about: str
    scope_notice: str
    certificate_notice: str
    certificate_statement: str
    pass_mark: int
    attempts: int
    time_limit_minutes: int
    speed_cap: float
    sections: tuple[SectionSource, ...]
    references: tuple[ReferenceSource, ...]
    approvals: tuple[ApprovalSource, ...]
    pictures: tuple[PictureSource, ...]
    digest: str
    plain: bool = False


@dataclass(frozen=True, slots=True)
class ArticleFolder:
    """An article. `reviewer_email`, `picture` with its alt text and caption, and the two notes may be empty.

    `disclosure` is what the author and the reviewer gain or hold, `evidence_note` what the statements rest on.

    `picture` is without `pictures/`; `related_courses` and `related_articles` are slugs.
    `digest` is the SHA-256, in hex, of all files read.
    """

    slug: str
    title: str
    summary: str
    category: str
    author_email: str
    reviewer_email: str
    updated: date
    related_courses: tuple[str, ...]
    related_articles: tuple[str, ...]
    topics: tuple[str, ...]
    disclosure: str
    evidence_note: str
    picture: str
    picture_alt: str
    picture_caption: str
    references: tuple[ReferenceSource, ...]
    blocks: tuple[Block, ...]
    pictures: tuple[PictureSource, ...]
    digest: str
