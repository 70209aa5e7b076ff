"""A course folder becomes the course's next revision: everything or nothing."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _

from nok.accounts.models import TeacherProfile
from nok.assessments.models import Choice, Question, QuestionKind
from nok.authoring.service import content
from nok.core import audit, markup, outbox
from nok.core.db import db
from nok.core.errors import Invalid
from nok.core.folding import fold
from nok.core.storage import Storage
from nok.courses import queries as courses
from nok.courses.messages import CoursePublished
from nok.courses.models import (
    Block,
    Captions,
    Course,
    CourseRevision,
    Lesson,
    LessonKind,
    RevisionPicture,
    Section,
)
from nok.credits import service as credits_service
from nok.formats.folders.sources import ApprovalSource, CourseFolder, LessonSource
from nok.formats.questions import Question as QuestionSource
from nok.media import service as media

PERCENT = 100


def import_course(storage: Storage, folder: CourseFolder) -> content.Imported:
    """Publish the folder as the course's next revision, unless the current one was made from the same folder.

    Raise Invalid when the teacher is unknown or the course is another teacher's. Approvals are stored in either case.
    """
    teacher = content.teacher(folder.teacher_email)
    course = courses.course_by_slug(folder.slug)
    if course is None:
        course = Course(slug=folder.slug, teacher_id=teacher.person_id)
        db.session.add(course)
        db.session.flush()
    elif course.teacher_id != teacher.person_id:
        raise Invalid(_("The course %(slug)s belongs to another teacher.", slug=folder.slug))
    credits_service.store_approvals(course.id, [_approval(source) for source in folder.approvals])
    current = courses.current_revision(course)
    count = sum(len(section.lessons) for section in folder.sections)
    if current is not None and current.digest == folder.digest:
        return content.Imported(folder.slug, current.number, new=False, lessons=count)
    revision = _course_revision(course, folder, teacher, (current.number if current else 0) + 1)
    db.session.add(revision)
    db.session.flush()
    for source in folder.pictures:
        file = media.keep_file(storage, source.path)
        db.session.add(RevisionPicture(revision_id=revision.id, name=source.name, file_id=file.id))
    _add_sections(storage, revision, folder, current)
    course.current_number = revision.number
    audit.record("course.published", f"course:{course.id}", actor_id=teacher.person_id, revision=revision.number)
    outbox.publish(CoursePublished(course.id, revision.id))
    return content.Imported(folder.slug, revision.number, new=True, lessons=count)


def _add_sections(
    storage: Storage, revision: CourseRevision, folder: CourseFolder, current: CourseRevision | None
) -> None:
    old: dict[str, list[tuple[str, str]]] = {}
    for slug, block in courses.blocks_of_revision(current.id) if current else ():
        old.setdefault(slug, []).append((block.key, block.markdown))
    position = 0
    for place, source in enumerate(folder.sections, 1):
        section = Section(revision_id=revision.id, position=place, key=source.key, title=source.title)
        db.session.add(section)
        db.session.flush()
        for lesson_source in source.lessons:
            position += 1
            lesson = _lesson(storage, revision, section, lesson_source, position)
            _add_blocks(lesson, lesson_source, old.get(lesson_source.slug, []))
            _add_captions(lesson, lesson_source)
            for number, question in enumerate(lesson_source.questions, 1):
                db.session.add(_question(lesson, question, number))


def _lesson(
    storage: Storage, revision: CourseRevision, section: Section, source: LessonSource, position: int
) -> Lesson:
    video = media.keep_video(storage, source.video.path) if source.video else None
    lesson = Lesson(
        revision_id=revision.id,
        section_id=section.id,
        position=position,
        slug=source.slug,
        title=source.title,
        summary=source.summary,
        kind=LessonKind(source.kind),
        minutes=source.minutes,
        question_count=len(source.questions),
        video_id=video.id if video else None,
    )
    db.session.add(lesson)
    db.session.flush()
    return lesson


def _add_blocks(lesson: Lesson, source: LessonSource, old: list[tuple[str, str]]) -> None:
    for place, block in enumerate(content.rendered(source.blocks, old, str), 1):
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
                vtt=track.path.read_text("utf-8-sig"),
                cues=[[cue.key, cue.start_ms, cue.end_ms, cue.text] for cue in track.cues],
            )
        )


def _question(lesson: Lesson, source: QuestionSource, position: int) -> Question:
    return Question(
        lesson_id=lesson.id,
        position=position,
        key=source.key,
        kind=QuestionKind(source.kind),
        stem_html=markup.to_html(source.stem),
        explanation_html=markup.to_html(source.explanation),
        choices=[
            Choice(position=place, text_html=markup.to_inline_html(choice.text), right=choice.right)
            for place, choice in enumerate(source.choices, 1)
        ],
    )


def _course_revision(course: Course, folder: CourseFolder, teacher: TeacherProfile, number: int) -> CourseRevision:
    lessons = [lesson for section in folder.sections for lesson in section.lessons]
    return CourseRevision(
        course_id=course.id,
        number=number,
        digest=folder.digest,
        title=folder.title,
        summary=folder.summary,
        language=folder.language,
        about_html=markup.to_html(folder.about),
        scope_notice_html=markup.to_html(folder.scope_notice),
        scope_notice_short=folder.certificate_notice,
        statement=folder.certificate_statement,
        objectives=list(folder.objectives),
        topics=list(folder.topics),
        sources=content.sources(folder.references),
        pass_mark=folder.pass_mark,
        attempts=folder.attempts,
        time_limit_minutes=folder.time_limit_minutes,
        speed_cap_percent=round(folder.speed_cap * PERCENT),
        minutes=sum(lesson.minutes for lesson in lessons),
        lesson_count=len(lessons),
        question_count=sum(len(lesson.questions) for lesson in lessons),
        search_text=_course_search_text(folder, teacher, lessons),
    )


def _course_search_text(folder: CourseFolder, teacher: TeacherProfile, lessons: Iterable[LessonSource]) -> str:
    words = [folder.title, folder.summary, teacher.person.display_name, *folder.topics]
    return fold(" ".join([*words, *(lesson.title for lesson in lessons)]))


def _approval(source: ApprovalSource) -> credits_service.ApprovalFacts:
    return credits_service.ApprovalFacts(
        board_code=source.board,
        board_name=source.board_name,
        number=source.number,
        category=source.category,
        hours=source.hours,
        valid_from=source.valid_from,
        valid_until=source.valid_until,
    )
