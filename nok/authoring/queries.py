"""Every SELECT that only export needs: whole revisions, with all that a folder says."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from nok.accounts.models import TeacherProfile
from nok.articles.models import Article, ArticlePicture, ArticleRevision
from nok.assessments.models import Question, WorksheetPrompt
from nok.core.db import db
from nok.courses.models import Captions, Course, CourseRevision, Lesson, RevisionPicture
from nok.credits.models import Approval, Board
from nok.media.models import Video


def course_revision(slug: str, number: int | None) -> CourseRevision | None:
    """Return a revision of a course (without a number the current one), with course, teacher and person, or None."""
    wanted = CourseRevision.number == (Course.current_number if number is None else number)
    loaded = contains_eager(CourseRevision.course).contains_eager(Course.teacher)
    return db.session.scalar(
        select(CourseRevision)
        .join(CourseRevision.course)
        .join(Course.teacher)
        .join(TeacherProfile.person)
        .options(loaded.contains_eager(TeacherProfile.person))
        .where(Course.slug == slug, wanted)
    )


def lessons(revision_id: int) -> Sequence[Lesson]:
    """Return the lessons of a revision in order, each with section, video and files."""
    return db.session.scalars(
        select(Lesson)
        .options(joinedload(Lesson.section), joinedload(Lesson.video).joinedload(Video.file), joinedload(Lesson.file))
        .where(Lesson.revision_id == revision_id)
        .order_by(Lesson.position)
    ).all()


def captions(revision_id: int) -> Sequence[Captions]:
    """Return all captions of a revision by language."""
    mine = select(Lesson.id).where(Lesson.revision_id == revision_id)
    return db.session.scalars(select(Captions).where(Captions.lesson_id.in_(mine)).order_by(Captions.language)).all()


def questions(revision_id: int) -> Sequence[Question]:
    """Return all questions of a revision in order, with their choices."""
    mine = select(Lesson.id).where(Lesson.revision_id == revision_id)
    return db.session.scalars(
        select(Question)
        .options(selectinload(Question.choices))
        .where(Question.lesson_id.in_(mine))
        .order_by(Question.lesson_id, Question.position)
    ).all()


def prompts(revision_id: int) -> Sequence[WorksheetPrompt]:
    """Return all worksheet prompts of a revision in order."""
    mine = select(Lesson.id).where(Lesson.revision_id == revision_id)
    return db.session.scalars(
        select(WorksheetPrompt)
        .where(WorksheetPrompt.lesson_id.in_(mine))
        .order_by(WorksheetPrompt.lesson_id, WorksheetPrompt.position)
    ).all()


def course_pictures(revision_id: int) -> Sequence[RevisionPicture]:
    """Return the pictures of a revision, with their files."""
    return db.session.scalars(
        select(RevisionPicture)
        .options(joinedload(RevisionPicture.file))
        .where(RevisionPicture.revision_id == revision_id)
    ).all()


def approvals(course_id: int) -> Sequence[Approval]:
    """Return all approvals of a course with their boards, by board, begin, category and number."""
    return db.session.scalars(
        select(Approval)
        .join(Approval.board)
        .options(contains_eager(Approval.board))
        .where(Approval.course_id == course_id)
        .order_by(Board.code, Approval.valid_from, Approval.category, Approval.number)
    ).all()


def article_revision(slug: str, number: int | None) -> ArticleRevision | None:
    """Return a revision of an article (without a number the current one), with author and person, or None."""
    wanted = ArticleRevision.number == (Article.current_number if number is None else number)
    loaded = contains_eager(ArticleRevision.article).contains_eager(Article.author)
    return db.session.scalar(
        select(ArticleRevision)
        .join(ArticleRevision.article)
        .join(Article.author)
        .join(TeacherProfile.person)
        .options(loaded.contains_eager(TeacherProfile.person))
        .where(Article.slug == slug, wanted)
    )


def article_pictures(revision_id: int) -> Sequence[ArticlePicture]:
    """Return the pictures of an article's revision, with their files."""
    return db.session.scalars(
        select(ArticlePicture).options(joinedload(ArticlePicture.file)).where(ArticlePicture.revision_id == revision_id)
    ).all()
