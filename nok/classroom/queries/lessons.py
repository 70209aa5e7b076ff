"""The lesson page: text, video, what is said before a test, outline, gates."""

from dataclasses import dataclass
from datetime import datetime

from nok.classroom.queries.blocks import BlockView, block_views
from nok.classroom.queries.evaluations import EvaluationView, evaluation_view
from nok.classroom.queries.films import FileView, VideoView, file_view, video_view
from nok.classroom.queries.gates import GateView, gate_view, gate_views
from nok.classroom.queries.worksheets import WorksheetView, worksheet_view
from nok.courses import queries as courses
from nok.courses.models import Lesson, LessonKind
from nok.learning import rules
from nok.learning.queries import Standing
from nok.media import queries as media


@dataclass(frozen=True)
class CourseView:
    """The course a lesson belongs to."""

    slug: str
    title: str


@dataclass(frozen=True)
class LessonView:
    """A lesson; `position` counts from 1. The scope notice stands on the first lesson only."""

    slug: str
    title: str
    kind: str
    summary: str
    minutes: int
    position: int
    total: int
    scope_notice_html: str
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True)
class AttemptLine:
    """A past or open attempt in a list."""

    number: int
    score_percent: int | None
    passed: bool | None
    submitted_at: datetime | None
    url: str


@dataclass(frozen=True)
class TestIntro:
    """What is said before a test. `blocked_sentence` is '' when it may start; `open_url` leads to an open attempt.

    `blocked_url` leads to what blocks it.
    """

    pass_mark: int
    question_count: int
    time_limit_minutes: int
    attempts_left: int | None
    attempts: list[AttemptLine]
    passed: bool
    blocked_sentence: str
    blocked_url: str
    start_url: str
    open_url: str


@dataclass(frozen=True)
class OutlineLesson:
    """A lesson in the outline; `state` is done, waiting (for the reviewer), open (begun) or todo."""

    slug: str
    title: str
    kind: str
    minutes: int
    state: str
    current: bool


@dataclass(frozen=True)
class OutlineSection:
    """A section in the outline."""

    title: str
    lessons: tuple[OutlineLesson, ...]


@dataclass(frozen=True)
class LessonPage:
    """Everything the lesson page shows."""

    course: CourseView
    lesson: LessonView
    done: bool
    complete_url: str
    video: VideoView | None
    file: FileView | None
    test: TestIntro | None
    worksheet: WorksheetView | None
    evaluation: EvaluationView | None
    outline: tuple[OutlineSection, ...]
    gates: tuple[GateView, ...]
    previous_slug: str | None
    next_slug: str | None


def lesson_page(standing: Standing, lesson: Lesson) -> LessonPage:
    """Return the page of a lesson; one statement, one more for a video or a file, two for a worksheet."""
    revision, lessons = standing.enrollment.revision, list(standing.lessons)
    place = lessons.index(lesson)
    base = f"/learn/{standing.enrollment.course.slug}/{lesson.slug}"
    view = LessonView(
        slug=lesson.slug,
        title=lesson.title,
        kind=lesson.kind.value,
        summary=lesson.summary,
        minutes=lesson.minutes,
        position=place + 1,
        total=len(lessons),
        scope_notice_html=revision.scope_notice_html if place == 0 else "",
        blocks=block_views(lesson.id),
    )
    return LessonPage(
        course=CourseView(standing.enrollment.course.slug, revision.title),
        lesson=view,
        done=standing.is_done(lesson),
        complete_url=f"{base}/complete",
        video=video_view(standing, lesson, base) if lesson.kind is LessonKind.VIDEO else None,
        file=_file(lesson, base) if lesson.kind is LessonKind.FILE else None,
        test=_test(standing, lesson, base) if lesson.kind is LessonKind.TEST else None,
        worksheet=worksheet_view(standing, lesson) if lesson.kind is LessonKind.WORKSHEET else None,
        evaluation=evaluation_view(standing, lesson) if lesson.kind is LessonKind.EVALUATION else None,
        outline=outline(standing, lesson),
        gates=gate_views(standing),
        previous_slug=lessons[place - 1].slug if place else None,
        next_slug=lessons[place + 1].slug if place + 1 < len(lessons) else None,
    )


def outline(standing: Standing, current: Lesson) -> tuple[OutlineSection, ...]:
    """Return the sections with their lessons and how far each is."""
    return tuple(
        OutlineSection(section.title, tuple(_outline_lesson(standing, lesson, current) for lesson in lessons))
        for section, lessons in courses.by_section(standing.lessons)
    )


def _outline_lesson(standing: Standing, lesson: Lesson, current: Lesson) -> OutlineLesson:
    state = "done" if standing.is_done(lesson) else "open" if standing.is_begun(lesson) else "todo"
    if standing.is_handed_in(lesson) and state != "done":
        state = "waiting"
    return OutlineLesson(
        lesson.slug, lesson.title, lesson.kind.value, lesson.minutes, state, current=lesson.id == current.id
    )


def _file(lesson: Lesson, base: str) -> FileView | None:
    return file_view(media.stored_file(lesson.file_id), lesson.file_name, base) if lesson.file_id else None


def _test(standing: Standing, lesson: Lesson, base: str) -> TestIntro:
    revision, attempts = standing.enrollment.revision, standing.attempts.get(lesson.id, [])
    gate = next(gate for gate in standing.gates if gate.kind is rules.GateKind.TEST)
    view = gate_view(gate, standing)
    blocked = gate.state in {rules.GateState.BLOCKED, rules.GateState.FAILED}
    open_number = next((attempt.number for attempt in attempts if attempt.submitted_at is None), None)
    return TestIntro(
        pass_mark=revision.pass_mark,
        question_count=min(lesson.draw_count or lesson.question_count, lesson.question_count),
        time_limit_minutes=revision.time_limit_minutes,
        attempts_left=standing.attempts_left(len(attempts)),
        attempts=[
            AttemptLine(
                item.number,
                item.score_percent,
                item.passed,
                item.submitted_at,
                f"{base}/attempts/{item.number}",
            )
            for item in attempts
        ],
        passed=standing.is_done(lesson),
        blocked_sentence=view.sentence if blocked else "",
        blocked_url=view.url if gate.state is rules.GateState.BLOCKED else "",
        start_url=f"{base}/attempts",
        open_url=f"{base}/attempts/{open_number}" if open_number else "",
    )
