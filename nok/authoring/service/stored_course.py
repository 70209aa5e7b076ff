"""A stored revision as the folder that it came from."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from nok.assessments.models import Question as StoredQuestion
from nok.authoring import queries
from nok.authoring.service import content
from nok.courses import queries as courses
from nok.courses.models import Captions, CourseRevision, Lesson
from nok.credits.models import Approval
from nok.credits.rules import written
from nok.formats import plain_folder, webvtt
from nok.formats.blocks import Block
from nok.formats.folders import course_writing
from nok.formats.folders.sources import (
    ApprovalSource,
    CaptionSource,
    ChapterSource,
    CourseFolder,
    DocumentSource,
    LessonSource,
    PictureSource,
    ReferenceSource,
    SectionSource,
    VideoSource,
)
from nok.formats.questions import Choice, Question
from nok.formats.worksheets import Prompt

PERCENT = 100


def keeps_its_markdown(revision: CourseRevision) -> bool:
    """Whether all of the revision can be written as it was typed: the first ones kept only the HTML of some texts."""
    texts = [
        (revision.about_markdown, revision.about_html),
        (revision.scope_notice_markdown, revision.scope_notice_html),
        *((question.stem_markdown, question.stem_html) for question in queries.questions(revision.id)),
    ]
    return all(markdown or not html for markdown, html in texts)


def read(revision: CourseRevision) -> CourseFolder:
    """Return the folder of a revision whose course, teacher and person are loaded; paths are keys of the storage."""
    course = revision.course
    return CourseFolder(
        slug=course.slug,
        title=revision.title,
        summary=revision.summary,
        language=revision.language,
        teacher_email=course.teacher.person.email,
        category=revision.category,
        price_cents=course.price_cents,
        currency=course.currency,
        access_days=revision.access_days,
        topics=tuple(revision.topics),
        objectives=tuple(revision.objectives),
        about=revision.about_markdown,
        scope_notice=revision.scope_notice_markdown,
        certificate_notice=revision.scope_notice_short,
        certificate_statement=revision.statement,
        pass_mark=revision.pass_mark,
        attempts=revision.attempts,
        time_limit_minutes=revision.time_limit_minutes,
        speed_cap=float(Decimal(revision.speed_cap_percent) / PERCENT),
        sections=_sections(revision.id),
        references=tuple(ReferenceSource(text, url) for text, url in revision.sources),
        approvals=tuple(map(_approval, queries.approvals(course.id))),
        pictures=tuple(
            sorted(
                (PictureSource(row.name, Path(row.file.storage_key)) for row in queries.course_pictures(revision.id)),
                key=attrgetter("name"),
            )
        ),
        digest=revision.digest,
    )


def says_same(revision: CourseRevision, folder: CourseFolder) -> bool:
    """Whether a folder, its blocks with their keys, says what the revision says; price and approvals aside."""
    stored = queries.course_revision(folder.slug, revision.number)
    if stored is None or not keeps_its_markdown(stored):
        return False
    one, other = (
        replace(each, teacher_email="", price_cents=0, currency="USD", approvals=()) for each in (read(stored), folder)
    )
    if course_writing.texts(one) != course_writing.texts(other):
        return False
    return content.keeps(course_writing.files(one), course_writing.files(other))


def is_plain(revision: CourseRevision, slug: str) -> bool:
    """Whether the revision and its course, price and approvals included, are nothing that plain Markdown cannot say."""
    stored = queries.course_revision(slug, revision.number)
    return stored is not None and keeps_its_markdown(stored) and plain_folder.can_say(read(stored))


def _sections(revision_id: int) -> tuple[SectionSource, ...]:
    parts = _Parts(revision_id)
    grouped = groupby(queries.lessons(revision_id), key=attrgetter("section"))
    return tuple(
        SectionSource(section.key, section.title, tuple(map(parts.lesson, lessons))) for section, lessons in grouped
    )


class _Parts:
    """What stands below the lessons of a revision, by lesson: one SELECT for each kind."""

    def __init__(self, revision_id: int) -> None:
        self._blocks: dict[str, list[Block]] = defaultdict(list)
        for slug, row in courses.blocks_of_revision(revision_id):
            self._blocks[slug].append(Block(row.key, "markdown", row.markdown, 0))
        self._captions: dict[int, list[CaptionSource]] = defaultdict(list)
        for track in queries.captions(revision_id):
            self._captions[track.lesson_id].append(_captions(track))
        self._questions: dict[int, list[Question]] = defaultdict(list)
        for question in queries.questions(revision_id):
            self._questions[question.lesson_id].append(_question(question))
        self._prompts: dict[int, list[Prompt]] = defaultdict(list)
        for prompt in queries.prompts(revision_id):
            self._prompts[prompt.lesson_id].append(Prompt(prompt.key, prompt.text_markdown, prompt.least_words, 0))

    def lesson(self, row: Lesson) -> LessonSource:
        """Return a lesson as its file says it."""
        return LessonSource(
            slug=row.slug,
            title=row.title,
            kind=row.kind.value,
            summary=row.summary,
            minutes=row.minutes,
            preview=row.preview,
            blocks=tuple(self._blocks[row.slug]),
            video=self._video(row),
            document=DocumentSource(row.file_name, Path(row.file.storage_key)) if row.file else None,
            questions=tuple(self._questions[row.id]),
            draw=row.draw_count,
            shuffle=row.shuffle,
            prompts=tuple(self._prompts[row.id]),
            file=f"lessons/{row.slug}.md",
        )

    def _video(self, row: Lesson) -> VideoSource | None:
        if row.video is None:
            return None
        chapters = tuple(ChapterSource(start, title) for start, title in row.chapters)
        return VideoSource(Path(row.video.file.storage_key), tuple(self._captions[row.id]), chapters)


def _captions(track: Captions) -> CaptionSource:
    cues = tuple(webvtt.Cue(*cue) for cue in track.cues)
    return CaptionSource(track.language, track.label, track.vtt, cues)


def _question(row: StoredQuestion) -> Question:
    choices = tuple(Choice(choice.text_markdown, choice.right) for choice in row.choices)
    return Question(row.key, row.kind.value, row.stem_markdown, choices, row.explanation_markdown, 0)


def _approval(row: Approval) -> ApprovalSource:
    return ApprovalSource(
        board=row.board.code,
        board_name=row.board.name,
        number=row.number,
        hours=written(row.hours),
        category=row.category,
        delivery=row.delivery,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
