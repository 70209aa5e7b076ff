"""Who may have which lessons and bytes: asked on each request, a yes about bytes remembered for five seconds at most.

A lesson is open to whoever's enrollment opens it, in the revision of that enrollment; a preview lesson of the current
revision is open to anyone, guests too, with its media, captions and the pictures that it shows, unless its teacher is
suspended.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import contains_eager, joinedload

from nok.accounts.models import Person
from nok.core.cache import BriefCache
from nok.core.db import db
from nok.core.errors import NotFound
from nok.courses import queries as courses
from nok.courses.models import Block, Course, CourseRevision, Lesson, RevisionPicture
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment

REMEMBER_SECONDS = 5.0


@dataclass(frozen=True)
class Media:
    """The bytes of a lesson: the storage folder of its video, the key of its file and what that is called, or ''."""

    lesson_id: int
    folder: str
    file_key: str
    file_name: str


@dataclass(frozen=True)
class Picture:
    """A picture in the storage."""

    key: str
    content_type: str


_media: BriefCache[Media] = BriefCache(REMEMBER_SECONDS)
_pictures: BriefCache[Picture] = BriefCache(REMEMBER_SECONDS)


def media(person_id: int | None, course: str, lesson: str) -> Media:
    """Return the bytes of a lesson that is open to the person, or to a guest; raise NotFound."""
    return _media.get((person_id, course, lesson), lambda: _look_up(person_id, course, lesson))


def picture(person_id: int | None, course: str, name: str) -> Picture:
    """Return a picture of a course that is open to the person, or that a preview lesson shows; raise NotFound."""
    return _pictures.get((person_id, course, name), lambda: _find_picture(person_id, course, name))


def preview(course: str, lesson: str) -> Lesson | None:
    """Return a lesson of the current revision that anyone may see, all of it loaded, or None."""
    return db.session.scalar(
        _lessons(course, lesson)
        .join(Lesson.section)
        .options(contains_eager(Lesson.section), joinedload(Lesson.video), joinedload(Lesson.file))
        .where(courses.is_previewed())
    )


def is_preview(course: str, lesson: str, **_more: str) -> bool:
    """Whether guests may see this lesson."""
    return _answers(lambda: media(None, course, lesson))


def is_preview_picture(course: str, name: str) -> bool:
    """Whether guests may see this picture."""
    return _answers(lambda: picture(None, course, name))


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except NotFound:
        return False
    return True


def _look_up(person_id: int | None, course: str, lesson: str) -> Media:
    """Ask the database; a no is raised, and so never remembered."""
    loaded = (joinedload(Lesson.video), joinedload(Lesson.file))
    found = db.session.scalar(
        select(Lesson)
        .join(Enrollment, Enrollment.revision_id == Lesson.revision_id)
        .join(Enrollment.course)
        .options(*loaded)
        .where(Enrollment.person_id == person_id, Course.slug == course, Lesson.slug == lesson, enrollments.opens_now())
    )
    found = found or preview(course, lesson)
    if found is None:
        raise NotFound
    return Media(
        found.id,
        found.video.folder if found.video else "",
        found.file.storage_key if found.file else "",
        found.file_name,
    )


def _find_picture(person_id: int | None, course: str, name: str) -> Picture:
    pictures = select(RevisionPicture).options(joinedload(RevisionPicture.file)).where(RevisionPicture.name == name)
    mine = (
        pictures.join(Enrollment, Enrollment.revision_id == RevisionPicture.revision_id)
        .join(Enrollment.course)
        .where(Enrollment.person_id == person_id, Course.slug == course, enrollments.opens_now())
    )
    # A picture that only closed lessons show is as closed as they are.
    shown = exists().where(Block.lesson_id == Lesson.id, Block.html.contains(f'pictures/{name}"', autoescape=True))
    previewed = _lessons(course).with_only_columns(Lesson.revision_id).where(courses.is_previewed(), shown)
    free = pictures.where(RevisionPicture.revision_id.in_(previewed))
    found = db.session.scalar(mine) or db.session.scalar(free)
    if found is None:
        raise NotFound
    return Picture(found.file.storage_key, found.file.content_type)


def _lessons(course: str, lesson: str = "") -> "Select[Lesson]":
    """Begin a SELECT of lessons of a course's current revision, none when its teacher is suspended."""
    statement = (
        select(Lesson)
        .join(CourseRevision, CourseRevision.id == Lesson.revision_id)
        .join(CourseRevision.course)
        .join(Person, Person.id == Course.teacher_id)
        .where(courses.is_current(), courses.is_taught(), Course.slug == course)
    )
    return statement.where(Lesson.slug == lesson) if lesson else statement
