"""The lesson page: text, video, what is said before a test, outline, gates."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nok.assessments import rules as scores
from nok.classroom.queries.gates import GateView, gate_views, test_sentence
from nok.courses import queries as courses
from nok.courses.models import Block, Lesson, LessonKind
from nok.learning import rules
from nok.learning.queries import Standing


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
    blocks: list[Block]


@dataclass(frozen=True)
class Track:
    """Captions in one language."""

    language: str
    label: str
    url: str


@dataclass(frozen=True)
class CueView:
    """A line of the transcript; times are media milliseconds."""

    key: str
    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True)
class VideoView:
    """What the player is told. `covered_json` is a list of [start, end] in media milliseconds."""

    status: str
    hls_url: str
    poster_url: str
    beats_url: str
    length_ms: int
    resume_ms: int
    covered_json: str
    covered_ms: int
    speed_cap: float
    first_view: bool
    captions: list[Track]
    cues: list[CueView]


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
    """What is said before a test. `blocked_sentence` is '' when it may start; `open_url` leads to an open attempt."""

    pass_mark: int
    question_count: int
    time_limit_minutes: int
    attempts_left: int | None
    attempts: list[AttemptLine]
    blocked_sentence: str
    start_url: str
    open_url: str


@dataclass(frozen=True)
class OutlineLesson:
    """A lesson in the outline; `state` is done, open (begun) or todo."""

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
    lessons: list[OutlineLesson]


@dataclass(frozen=True)
class LessonPage:
    """Everything the lesson page shows."""

    course: CourseView
    lesson: LessonView
    done: bool
    complete_url: str
    video: VideoView | None
    test: TestIntro | None
    outline: list[OutlineSection]
    gates: list[GateView]
    previous_slug: str | None
    next_slug: str | None


def lesson_page(standing: Standing, lesson: Lesson) -> LessonPage:
    """Return the page of a lesson; one statement, one more for a video."""
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
        blocks=list(courses.blocks(lesson.id)),
    )
    return LessonPage(
        course=CourseView(standing.enrollment.course.slug, revision.title),
        lesson=view,
        done=standing.is_done(lesson),
        complete_url=f"{base}/complete",
        video=_video(standing, lesson, base) if lesson.kind is LessonKind.VIDEO else None,
        test=_test(standing, lesson, base) if lesson.kind is LessonKind.TEST else None,
        outline=outline(standing, lesson),
        gates=gate_views(standing),
        previous_slug=lessons[place - 1].slug if place else None,
        next_slug=lessons[place + 1].slug if place + 1 < len(lessons) else None,
    )


def outline(standing: Standing, current: Lesson) -> list[OutlineSection]:
    """Return the sections with their lessons and how far each is."""
    return [
        OutlineSection(section.title, [_outline_lesson(standing, lesson, current) for lesson in lessons])
        for section, lessons in courses.by_section(standing.lessons)
    ]


def _outline_lesson(standing: Standing, lesson: Lesson, current: Lesson) -> OutlineLesson:
    begun = lesson.id in standing.progress or lesson.id in standing.attempts
    state = "done" if standing.is_done(lesson) else "open" if begun else "todo"
    return OutlineLesson(
        lesson.slug, lesson.title, lesson.kind.value, lesson.minutes, state, current=lesson.id == current.id
    )


def _video(standing: Standing, lesson: Lesson, base: str) -> VideoView | None:
    video, progress = lesson.video, standing.progress.get(lesson.id)
    if video is None:
        return None
    captions = courses.captions(lesson.id)
    covered: list[Any] = progress.covered if progress else []
    return VideoView(
        status=video.status.value,
        hls_url=f"{base}/media/index.m3u8",
        poster_url=f"{base}/media/poster.jpg",
        beats_url=f"/api/v1/lessons/{lesson.id}/beats",
        length_ms=video.length_ms,
        resume_ms=progress.position_ms if progress else 0,
        covered_json=json.dumps(covered),
        covered_ms=rules.length((start, end) for start, end in covered),
        speed_cap=standing.enrollment.revision.speed_cap_percent / 100,
        first_view=not standing.is_done(lesson),
        captions=[Track(track.language, track.label, f"{base}/captions/{track.language}.vtt") for track in captions],
        cues=[CueView(*cue) for cue in captions[0].cues] if captions else [],
    )


def _test(standing: Standing, lesson: Lesson, base: str) -> TestIntro:
    revision, attempts = standing.enrollment.revision, standing.attempts.get(lesson.id, [])
    gate = next(gate for gate in standing.gates if gate.kind is rules.GateKind.TEST)
    blocked = gate.state in {rules.GateState.BLOCKED, rules.GateState.FAILED}
    open_number = next((attempt.number for attempt in attempts if attempt.submitted_at is None), None)
    return TestIntro(
        pass_mark=revision.pass_mark,
        question_count=lesson.question_count,
        time_limit_minutes=revision.time_limit_minutes,
        attempts_left=scores.attempts_left(revision.attempts, len(attempts)),
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
        blocked_sentence=test_sentence(gate) if blocked else "",
        start_url=f"{base}/attempts",
        open_url=f"{base}/attempts/{open_number}" if open_number else "",
    )
