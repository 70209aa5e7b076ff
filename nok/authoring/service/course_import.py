"""A course folder becomes the course's next revision: everything or nothing."""

from collections.abc import Iterable
from dataclasses import replace

from flask_babel import lazy_gettext as _

from nok.accounts.models import TeacherProfile
from nok.authoring.service import content, demands, stored_course
from nok.authoring.service.lessons import add_sections
from nok.core import audit, markup, outbox
from nok.core.db import db
from nok.core.errors import Invalid
from nok.core.folding import search_text
from nok.core.storage import Storage
from nok.courses import queries as courses
from nok.courses.messages import CoursePublished
from nok.courses.models import Course, CourseRevision, RevisionPicture
from nok.credits import service as credits_service
from nok.formats.folders.course_writing import written_price
from nok.formats.folders.sources import ApprovalSource, CourseFolder, LessonSource
from nok.media import service as media

PERCENT = 100


def import_course(storage: Storage, folder: CourseFolder) -> content.Imported:
    """Publish the folder as the course's next revision, unless the current one says the same already.

    Raise Invalid when the teacher is unknown, the course is another teacher's or more than a plain folder can say, or
    an approval asks for more than the folder has. Price and approvals are the course's own, not a revision's: they are
    stored in either case.
    """
    teacher = content.teacher(folder.teacher_email)
    course = _course(folder, teacher)
    current = courses.current_revision(course)
    if folder.plain and current is not None and not stored_course.is_plain(current, course.slug):
        raise Invalid(_beyond_markdown(course.slug))
    changed = _store_terms(course, folder)
    demanded = demands.met_by(course, folder)
    count = sum(len(section.lessons) for section in folder.sections)
    folder = _with_lasting_keys(folder, current)
    if current is not None and demands.frozen_in(current, demanded) and _is_same(current, folder):
        return content.Imported(folder.slug, current.number, new=False, lessons=count, changed=changed)
    revision = _course_revision(course, folder, teacher, (current.number if current else 0) + 1)
    revision.requirements = demanded
    db.session.add(revision)
    db.session.flush()
    for source in folder.pictures:
        file = media.keep_file(storage, source.path)
        db.session.add(RevisionPicture(revision_id=revision.id, name=source.name, file_id=file.id))
    add_sections(storage, revision, folder)
    course.current_number = revision.number
    audit.record("course.published", f"course:{course.id}", actor_id=teacher.person_id, revision=revision.number)
    outbox.publish(CoursePublished(course.id, revision.id))
    return content.Imported(folder.slug, revision.number, new=True, lessons=count, changed=changed)


def _course(folder: CourseFolder, teacher: TeacherProfile) -> Course:
    course = courses.course_by_slug(folder.slug)
    if course is None:
        course = Course(slug=folder.slug, teacher_id=teacher.person_id)
        db.session.add(course)
        db.session.flush()
    elif course.teacher_id != teacher.person_id:
        raise Invalid(_("The course %(slug)s belongs to another teacher.", slug=folder.slug))
    return course


def _beyond_markdown(slug: str) -> str:
    return _(
        "The course %(slug)s has what plain Markdown cannot say, such as a price, approvals, tests or objectives, and "
        "would lose it. Export it with nok export-course, change that folder and import it; or make another course of "
        "your Markdown with --slug.",
        slug=slug,
    )


def _store_terms(course: Course, folder: CourseFolder) -> tuple[str, ...]:
    """Store price and approvals; return which of them changed. Of a course that is new nothing did."""
    old, new = (f"{written_price(each.price_cents)} {each.currency}" for each in (course, folder))
    course.price_cents, course.currency = folder.price_cents, folder.currency
    approvals_changed = credits_service.store_approvals(course.id, [_approval(source) for source in folder.approvals])
    if course.current_number is None:
        return ()
    if old != new:
        audit.record("course.price_changed", f"course:{course.id}", old=old, new=new)
    return tuple(name for name, said in (("price", old != new), ("approvals", approvals_changed)) if said)


def _with_lasting_keys(folder: CourseFolder, current: CourseRevision | None) -> CourseFolder:
    """Return the folder with a key for each block, those of the current revision wherever they still fit."""
    lessons = [lesson for section in folder.sections for lesson in section.lessons]
    written = {block.key for lesson in lessons for block in lesson.blocks}
    old: dict[str, list[tuple[str, str]]] = {}
    for slug, block in courses.blocks_of_revision(current.id) if current else ():
        if block.key not in written:  # or a block that moved to another lesson would leave its key behind as well
            old.setdefault(slug, []).append((block.key, block.markdown))
    sections = [
        replace(
            section,
            lessons=tuple(
                replace(lesson, blocks=content.keyed(lesson.blocks, old.get(lesson.slug, [])))
                for lesson in section.lessons
            ),
        )
        for section in folder.sections
    ]
    return replace(folder, sections=tuple(sections))


def _is_same(current: CourseRevision, folder: CourseFolder) -> bool:
    """Whether the revision was made from these very files, or from others that say the same."""
    return current.digest == folder.digest or stored_course.says_same(current, folder)


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
        about_markdown=folder.about,
        scope_notice_html=markup.to_html(folder.scope_notice),
        scope_notice_markdown=folder.scope_notice,
        scope_notice_short=folder.certificate_notice,
        statement=folder.certificate_statement,
        objectives=list(folder.objectives),
        topics=list(folder.topics),
        category=folder.category,
        sources=content.sources(folder.references),
        pass_mark=folder.pass_mark,
        attempts=folder.attempts,
        time_limit_minutes=folder.time_limit_minutes,
        speed_cap_percent=round(folder.speed_cap * PERCENT),
        access_days=folder.access_days,
        minutes=sum(lesson.minutes for lesson in lessons),
        lesson_count=len(lessons),
        video_count=sum(lesson.video is not None for lesson in lessons),
        question_count=sum(lesson.asked for lesson in lessons),
        search_text=_course_search_text(folder, teacher, lessons),
    )


def _course_search_text(folder: CourseFolder, teacher: TeacherProfile, lessons: Iterable[LessonSource]) -> str:
    words = [folder.title, folder.summary, teacher.person.display_name, folder.category, *folder.topics]
    return search_text(*words, *(lesson.title for lesson in lessons))


def _approval(source: ApprovalSource) -> credits_service.ApprovalFacts:
    return credits_service.ApprovalFacts(
        board_code=source.board,
        board_name=source.board_name,
        number=source.number,
        category=source.category,
        hours=source.hours,
        delivery=source.delivery,
        valid_from=source.valid_from,
        valid_until=source.valid_until,
    )
