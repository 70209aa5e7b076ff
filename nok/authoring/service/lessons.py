"""Lessons of a folder become rows below a revision."""

from nok.assessments.models import Choice, Question, QuestionKind, WorksheetPrompt
from nok.authoring.service import content
from nok.core import markup
from nok.core.db import db
from nok.core.folding import search_text
from nok.core.storage import Storage
from nok.courses.models import Block, Captions, CourseRevision, Lesson, LessonKind, Section
from nok.formats.folders.sources import CourseFolder, LessonSource
from nok.formats.questions import Question as QuestionSource
from nok.media import service as media


def add_sections(storage: Storage, revision: CourseRevision, folder: CourseFolder) -> None:
    """Add the sections with their lessons, whose blocks have their keys, to a revision."""
    show = content.showing(folder.pictures)
    # A question is asked on pages of different depth: its pictures have an address from the root.
    show_in_question = content.showing(folder.pictures, f"/learn/{folder.slug}/")
    position = 0
    for place, source in enumerate(folder.sections, 1):
        section = Section(revision_id=revision.id, position=place, key=source.key, title=source.title)
        db.session.add(section)
        db.session.flush()
        for lesson_source in source.lessons:
            position += 1
            lesson = _lesson(storage, section, lesson_source, position)
            _add_blocks(lesson, lesson_source, show)
            _add_captions(lesson, lesson_source)
            _add_questions(lesson, lesson_source, show_in_question)
            _add_prompts(lesson, lesson_source)


def _lesson(storage: Storage, section: Section, source: LessonSource, position: int) -> Lesson:
    video = media.keep_video(storage, source.video.path) if source.video else None
    document = media.keep_file(storage, source.document.path) if source.document else None
    lesson = Lesson(
        revision_id=section.revision_id,
        section_id=section.id,
        position=position,
        slug=source.slug,
        title=source.title,
        summary=source.summary,
        kind=LessonKind(source.kind),
        minutes=source.minutes,
        question_count=source.asked,
        draw_count=source.draw,
        shuffle=source.shuffle,
        preview=source.preview,
        chapters=[[chapter.start_ms, chapter.title] for chapter in source.video.chapters] if source.video else [],
        video_id=video.id if video else None,
        file_id=document.id if document else None,
        file_name=source.document.name if source.document else "",
        search_text=_search_text(source),
    )
    db.session.add(lesson)
    db.session.flush()
    return lesson


def _search_text(source: LessonSource) -> str:
    return search_text(source.title, source.summary, *(markup.to_text(block.markdown) for block in source.blocks))


def _add_blocks(lesson: Lesson, source: LessonSource, show: markup.Show) -> None:
    for place, block in enumerate(content.rendered(source.blocks, show), 1):
        db.session.add(
            Block(
                lesson_id=lesson.id,
                position=place,
                key=block.key,
                kind=block.kind,
                markdown=block.markdown,
                html=block.html,
            )
        )


def _add_captions(lesson: Lesson, source: LessonSource) -> None:
    for track in source.video.captions if source.video else ():
        db.session.add(
            Captions(
                lesson_id=lesson.id,
                language=track.language,
                label=track.label,
                vtt=track.vtt,
                cues=[[cue.key, cue.start_ms, cue.end_ms, cue.text] for cue in track.cues],
            )
        )


def _add_questions(lesson: Lesson, source: LessonSource, show: markup.Show) -> None:
    db.session.add_all(_question(lesson, one, number, show) for number, one in enumerate(source.questions, 1))


def _question(lesson: Lesson, source: QuestionSource, position: int, show: markup.Show) -> Question:
    return Question(
        lesson_id=lesson.id,
        position=position,
        key=source.key,
        kind=QuestionKind(source.kind),
        stem_html=markup.to_html(source.stem, show),
        stem_markdown=source.stem,
        explanation_html=markup.to_html(source.explanation, show),
        explanation_markdown=source.explanation,
        choices=[
            Choice(
                position=place,
                text_html=markup.to_inline_html(choice.text),
                text_markdown=choice.text,
                right=choice.right,
            )
            for place, choice in enumerate(source.choices, 1)
        ],
    )


def _add_prompts(lesson: Lesson, source: LessonSource) -> None:
    for place, prompt in enumerate(source.prompts, 1):
        db.session.add(
            WorksheetPrompt(
                lesson_id=lesson.id,
                position=place,
                key=prompt.key,
                text_html=markup.to_html(prompt.text),
                text_markdown=prompt.text,
                least_words=prompt.least_words,
            )
        )
