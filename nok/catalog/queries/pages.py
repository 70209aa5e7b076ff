"""The pages of a course and a teacher, assembled from several domains."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from nok.accounts.models import Person, TeacherProfile
from nok.articles import queries as articles
from nok.articles.queries import ArticleCard
from nok.core.clock import DEFAULT_ZONE, day_in, now
from nok.core.db import db
from nok.core.errors import NotFound
from nok.courses import queries as courses
from nok.courses.models import Lesson, LessonKind
from nok.courses.queries import CourseCard
from nok.credits import queries as credits_queries
from nok.credits.queries import CreditLine
from nok.enrollments import queries as enrollments
from nok.enrollments.models import EndReason
from nok.enrollments.rules import is_open, may_return
from nok.learning import queries as learning

MOST_OF_TEACHER = 100


@dataclass(frozen=True)
class SectionView:
    """A section of the syllabus and its lessons."""

    title: str
    lessons: list[Lesson]


@dataclass(frozen=True)
class Reference:
    """A source: its text, and its address or ''."""

    text: str
    url: str


@dataclass(frozen=True)
class CourseView:
    """What the course page says of the current revision; `minutes` is the whole length, `pass_mark` a percentage.

    `gates` are the steps to the certificate, in order; `preview` is the first lesson that anyone may see.
    """

    slug: str
    title: str
    summary: str
    about_html: str
    scope_notice_html: str
    objectives: list[str]
    statement: str
    minutes: int
    lesson_count: int
    question_count: int
    pass_mark: int
    category: str
    price_cents: int
    currency: str
    access_days: int
    gates: list[str]
    preview: Lesson | None
    references: list[Reference]
    teacher_slug: str
    teacher_name: str
    teacher_credentials: str
    teacher_bio: str
    sections: list[SectionView]


@dataclass(frozen=True)
class Enrolled:
    """That the viewer is or was in the course, whether the lessons are open to them, and whether all gates are done."""

    open: bool
    may_return: bool
    completed: bool


@dataclass(frozen=True)
class CoursePage:
    """Everything the course page shows."""

    course: CourseView
    credits: list[CreditLine]
    other_courses: list[CourseCard]
    enrollment: Enrolled | None


def course_page(slug: str, viewer: Person | None) -> CoursePage:
    """Return the page of a published course; raise NotFound. Four statements, two more for an enrolled viewer."""
    revision = courses.published(slug)
    teacher = revision.course.teacher
    lessons = courses.lessons(revision.id)
    view = CourseView(
        slug=slug,
        title=revision.title,
        summary=revision.summary,
        about_html=revision.about_html,
        scope_notice_html=revision.scope_notice_html,
        objectives=revision.objectives,
        statement=revision.statement,
        minutes=revision.minutes,
        lesson_count=revision.lesson_count,
        question_count=revision.question_count,
        pass_mark=revision.pass_mark,
        category=revision.category,
        price_cents=revision.course.price_cents,
        currency=revision.course.currency,
        access_days=revision.access_days,
        gates=_gates({lesson.kind for lesson in lessons}),
        preview=next((lesson for lesson in lessons if lesson.preview), None),
        references=[Reference(text, url) for text, url in revision.sources],
        teacher_slug=teacher.slug,
        teacher_name=teacher.person.display_name,
        teacher_credentials=teacher.credentials,
        teacher_bio=teacher.bio,
        sections=[SectionView(section.title, lessons) for section, lessons in courses.by_section(lessons)],
    )
    today = day_in(viewer.time_zone if viewer else DEFAULT_ZONE, now())
    return CoursePage(
        course=view,
        credits=credits_queries.credit_on(revision.course_id, today),
        other_courses=courses.other_cards(teacher.person_id, slug),
        enrollment=_enrolled(viewer, revision.course_id) if viewer else None,
    )


def _gates(kinds: set[LessonKind]) -> list[str]:
    asked = {
        "watch": bool(kinds & {LessonKind.VIDEO, LessonKind.TEXT, LessonKind.FILE}),
        "worksheet": LessonKind.WORKSHEET in kinds,
        "review": LessonKind.WORKSHEET in kinds,
        "test": LessonKind.TEST in kinds,
        "evaluation": LessonKind.EVALUATION in kinds,
    }
    return [gate for gate, stands in asked.items() if stands]


def _enrolled(viewer: Person, course_id: int) -> Enrolled | None:
    found = enrollments.find(viewer.id, course_id)
    if found is None:
        return None
    moment = now()
    return Enrolled(
        open=is_open(found.ended_at, found.access_until, moment),
        may_return=may_return(found.ended_at, found.access_until, moment, left=found.end_reason is EndReason.LEFT),
        completed=learning.completion(found.id) is not None,
    )


@dataclass(frozen=True)
class TeacherPage:
    """Who teaches, and what: courses by title, articles the latest first."""

    teacher: TeacherProfile
    courses: list[CourseCard]
    articles: list[ArticleCard]


def teacher_page(slug: str) -> TeacherPage:
    """Return the page of a teacher; raise NotFound, for a suspended one as well. Three statements."""
    teacher = db.session.scalar(
        select(TeacherProfile)
        .join(TeacherProfile.person)
        .options(contains_eager(TeacherProfile.person))
        .where(TeacherProfile.slug == slug, Person.suspended_at.is_(None))
    )
    if teacher is None:
        raise NotFound
    theirs = courses.other_cards(teacher.person_id, "", MOST_OF_TEACHER)
    return TeacherPage(teacher, theirs, articles.cards_of_author(teacher.person_id, MOST_OF_TEACHER))
