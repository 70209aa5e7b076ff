"""What the people of the demo did before you came, done by the verbs behind the buttons that they would have pressed.

So the demo shows nothing that the product cannot do, and two things follow from it. All of it happened at the moment of
loading: no clock is moved. And nobody has seen a film: seat time is earned by the server's clock alone, so a watched
minute would have taken a minute, and the films are made ready to stream only after the demo is loaded. Certificates
come later, from the worker.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from nok.accounts.models import Person
from nok.annotations import queries as texts
from nok.annotations import service as annotations
from nok.annotations.models import Color
from nok.annotations.rules import Source, find, read_address
from nok.assessments import queries as assessments
from nok.assessments import rules as assessment_rules
from nok.assessments.models import Attempt
from nok.core.clock import now
from nok.core.db import db
from nok.courses.models import Lesson, LessonKind
from nok.discussions import service as discussions
from nok.enrollments import service as enrollments
from nok.enrollments.models import Enrollment
from nok.learning import queries as learning
from nok.learning import service as learning_service

READ = {LessonKind.TEXT, LessonKind.FILE}
BEST = 5


@dataclass(frozen=True)
class _Way:
    """One person's way through one course: its lessons in order, who teaches it, and the entry of past.toml."""

    enrollment: Enrollment
    lessons: list[Lesson]
    teacher: Person
    entry: Mapping[str, Any]

    def only(self, kind: LessonKind) -> Lesson:
        """The course's one lesson of a kind."""
        return next(lesson for lesson in self.lessons if lesson.kind is kind)


def relive(people: Mapping[str, Person], entry: Mapping[str, Any]) -> None:
    """Enroll someone and take the steps of an entry of `nok/demo/past.toml`; `people` are by address."""
    by = people.get(entry.get("enrolled_by", ""))
    enrollment = enrollments.enroll(people[entry["person"]], entry["course"], by=by)
    db.session.flush()
    teacher_id = enrollment.course.teacher_id
    teacher = next(person for person in people.values() if person.id == teacher_id)
    way = _Way(enrollment, list(learning.standing(enrollment).lessons), teacher, entry)
    for step in entry.get("steps", ()):
        _STEPS[step](way)
    if "ends_in_days" in entry:
        enrollments.extend(enrollment, now() + timedelta(days=entry["ends_in_days"]), teacher)


def note(people: Mapping[str, Person], entry: Mapping[str, Any]) -> None:
    """Highlight words and write about them, as an entry of `nok/demo/past.toml` says."""
    marked = annotations.Marked(_source(entry), quote=entry["quote"])
    annotations.make(people[entry["person"]].id, marked, Color(entry["color"]), entry["note"])


def question(people: Mapping[str, Person], entry: Mapping[str, Any]) -> None:
    """Ask the teacher about words of a page, and let the two write on, as an entry of `nok/demo/past.toml` says."""
    asker, source = people[entry["person"]], _source(entry)
    text = texts.readable(asker.id, source, None)
    (passage,) = find(text.text, entry["quote"])
    about = discussions.About(source, text.number, passage.start, passage.end)
    asked = discussions.ask(asker, about, entry["text"])
    last = 0
    for reply in entry.get("replies", ()):
        last = discussions.reply(asked, people[reply["person"]], reply["text"].strip(), last).id
    if entry.get("shared"):
        discussions.share(asked, next(each for each in people.values() if each.id == asked.asked_id), on=True)


def _source(entry: Mapping[str, Any]) -> Source:
    found = read_address(entry["source"])
    if found is None:
        raise ValueError(f"{entry['source']} is no page that can be annotated")
    return found[0]


def _read(way: _Way) -> None:
    """Mark what can be read as read, up to the number that the entry names."""
    readings = [lesson for lesson in way.lessons if lesson.kind in READ]
    for lesson in readings[: way.entry.get("lessons", len(readings))]:
        learning_service.mark_read(way.enrollment, lesson)


def _write(way: _Way) -> None:
    learning_service.save_worksheet(way.enrollment, way.only(LessonKind.WORKSHEET), way.entry["answers"], 0)


def _hand_in(way: _Way) -> None:
    learning_service.submit_worksheet(way.enrollment, way.only(LessonKind.WORKSHEET), way.entry["answers"], 0)


def _return(way: _Way) -> None:
    _review(way, accepted=False)


def _accept(way: _Way) -> None:
    _review(way, accepted=True)


def _review(way: _Way, *, accepted: bool) -> None:
    written = learning.standing(way.enrollment).worksheets[way.only(LessonKind.WORKSHEET).id]
    learning_service.review_worksheet(written, way.teacher, accepted, way.entry["comment"])


def _pass(way: _Way) -> None:
    _take_test(way, wrong=0)


def _fail(way: _Way) -> None:
    _take_test(way, wrong=4)


def _take_test(way: _Way, *, wrong: int) -> None:
    """Hand in an attempt with every answer right but the first few, which are left empty."""
    test = way.only(LessonKind.TEST)
    attempt = learning_service.start_test(way.enrollment, test)
    learning_service.submit_test(way.enrollment, test, attempt.number, _answers(attempt, wrong))


def _answers(attempt: Attempt, wrong: int) -> dict[int, list[int]]:
    return {
        item.question.id: [choice.id for choice in item.choices if choice.right]
        for item in assessments.asked(attempt)[wrong:]
    }


def _evaluate(way: _Way) -> None:
    topics = assessment_rules.topics(len(way.enrollment.revision.objectives))
    ratings = {topic: BEST - (number % 2) for number, topic in enumerate(topics)}
    learning_service.submit_evaluation(way.enrollment, way.only(LessonKind.EVALUATION), ratings, way.entry["opinion"])


def _leave(way: _Way) -> None:
    enrollments.leave(way.enrollment)


_STEPS: dict[str, Callable[[_Way], None]] = {
    "read": _read,
    "write": _write,
    "hand in": _hand_in,
    "return": _return,
    "accept": _accept,
    "pass": _pass,
    "fail": _fail,
    "evaluate": _evaluate,
    "leave": _leave,
}
