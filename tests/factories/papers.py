"""Worksheets and evaluations, added to the current revision of a course."""

from sqlalchemy import func, select

from nok.accounts import queries as accounts
from nok.accounts.models import Person
from nok.assessments import queries as assessments
from nok.assessments.models import WorksheetPrompt
from nok.core.db import db
from nok.courses import queries as courses
from nok.courses.models import CourseRevision, Lesson, LessonKind, Section
from nok.enrollments import queries as enrollments
from nok.enrollments import service as enrolling
from nok.learning import queries as learning
from nok.learning import service

LEAST = 5
WORDS = "Five words and one more."
TEXTS = {"w-consent": WORDS, "w-stop": "Stop."}


def worksheet(course: str, slug: str = "first-worksheet", title: str = "First worksheet") -> Lesson:
    """Add a worksheet lesson of two prompts: one asks for five words, the other for any."""
    lesson = _lesson(course, slug, title, LessonKind.WORKSHEET)
    for position, (key, least) in enumerate((("w-consent", LEAST), ("w-stop", 0)), 1):
        text = f"Prompt {key} in your own words."
        db.session.add(
            WorksheetPrompt(
                lesson_id=lesson.id,
                position=position,
                key=key,
                text_html=f"<p>{text}</p>",
                text_markdown=text,
                least_words=least,
            )
        )
    db.session.commit()
    return lesson


def evaluation(course: str) -> Lesson:
    """Add the evaluation."""
    lesson = _lesson(course, "evaluation", "Evaluation", LessonKind.EVALUATION)
    db.session.commit()
    return lesson


def ratings(course: str, value: int = 4) -> dict[str, int]:
    """Return the same rating for everything the evaluation of a course asks."""
    objectives = courses.published(course).objectives
    topics = [f"objective-{number}" for number in range(1, len(objectives) + 1)]
    return dict.fromkeys([*topics, "knowledge", "methods", "usefulness"], value)


def practice(course: str, email: str, teacher: str) -> int:
    """Let someone hand in two worksheets of a course: the first came back, the second waits. Return the second's id."""
    person = _person(email)
    for slug, title in (("first-worksheet", "First worksheet"), ("second-worksheet", "Second worksheet")):
        worksheet(course, slug, title)
    enrolling.enroll(person, course)
    db.session.commit()
    standing = learning.standing(enrollments.open_enrollment(person.id, course))
    papers = [lesson for lesson in standing.lessons if lesson.kind is LessonKind.WORKSHEET]
    first, second = (service.submit_worksheet(standing.enrollment, lesson, TEXTS, 0) for lesson in papers)
    service.review_worksheet(first, _person(teacher), accepted=False, comment="Say it in plain words.")
    db.session.commit()
    return second.id


def evaluated(course: str, email: str) -> None:
    """Let someone who has passed the test send the evaluation."""
    standing = learning.standing(enrollments.open_enrollment(_person(email).id, course))
    lesson = next(lesson for lesson in standing.lessons if lesson.kind is LessonKind.EVALUATION)
    service.submit_evaluation(standing.enrollment, lesson, ratings(course), "Clear and calm.")
    assert assessments.evaluation(standing.enrollment.id, lesson.id) is not None
    db.session.commit()


def _person(email: str) -> Person:
    person = accounts.person_by_email(email)
    assert person is not None
    return person


def _lesson(course: str, slug: str, title: str, kind: LessonKind) -> Lesson:
    revision: CourseRevision = courses.published(course)
    last = select(func.max(Lesson.position)).where(Lesson.revision_id == revision.id)
    section = select(Section.id).where(Section.revision_id == revision.id).order_by(Section.position.desc()).limit(1)
    lesson = Lesson(
        revision_id=revision.id,
        section_id=db.session.scalars(section).one(),
        position=(db.session.scalar(last) or 0) + 1,
        slug=slug,
        title=title,
        summary="",
        kind=kind,
        minutes=10,
        question_count=0,
    )
    db.session.add(lesson)
    db.session.flush()
    return lesson
