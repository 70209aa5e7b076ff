"""What the components of `/dev/components` show: each state that a page can bring them into, with words of ours."""

from datetime import UTC, date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from nok.web.forms import Form, line, prose, secret

DAY, MOMENT = date(2026, 3, 2), datetime(2026, 3, 2, 17, 5, tzinfo=UTC)
SLUG = "st-36-zu-san-li"


class SpecimenForm(Form):
    """One field of each kind."""

    name = line(
        _("Name on your license"), most=80, required=_("Write your name."), description=_("As your board has it.")
    )
    password = secret(_("Password"), required=_("Type your password."))
    about = prose(_("About you"), most=400)
    board = SelectField(_("Board"), choices=[SelectChoice("one", "California"), SelectChoice("two", "NCCAOM")])
    agreed = BooleanField(_("I have read this"), validators=[InputRequired(_("Tick the box."))])


_CHANGE = [("same", "Press for "), ("taken", "two"), ("added", "three"), ("same", " minutes.")]


def specimens() -> dict[str, Any]:
    """Return the values by the names that the page gives them."""
    failed = SpecimenForm(data={"name": ""}, prefix="failed", meta={"csrf": False})
    failed.validate()
    return {
        "form": SpecimenForm(prefix="fresh", meta={"csrf": False}),
        "failed": failed,
        "course": _course("Zú Sān Lǐ: One Point in Depth", 0),
        "paid": _course("A Course Whose Title Is Long Enough to Need Three Lines on the Narrow Side of a Tablet", 4900),
        "article": _article(),
        "learning": [_learning(**more) for more in _LEARNINGS],
        "gates": [_gate(*each) for each in _GATES],
        "sections": [
            {"title": "The point", "lessons": [_lesson(number, state) for number, state in enumerate(_STATES, 1)]}
        ],
        "questions": [_question(1, "single"), _question(2, "multiple"), {"id": 3, "blank": True}],
        "answers": [_answer(right=True), _answer(right=False)],
        "tests": [{"title": "Final test", "used": 2, "left": 2, "best_percent": 75, "passed": False}],
        "credits": [_hours() | {"delivery": "online"}],
        "certificates": [_certificate("valid"), _certificate("revoked")],
        "prompts": _prompts(),
        "rated": {"key": "clear", "question": "Was it clear?", "error": "", "ratings": _RATINGS},
        "ratings": {
            "ratings": [1, 2, 3, 4, 5],
            "topics": [{"topic": "Clear", "answers": 9, "mean": "4.4", "counts": [0, 0, 1, 3, 5]}],
        },
        "notes": _NOTES,
        "asked": [_asked(waiting=True), _asked(waiting=False)],
        "moment": MOMENT,
        "changes": [{"changed": True, "stretches": _CHANGE}],
        "cues": [{"key": 1, "start_ms": 0, "end_ms": 4000, "text": "Four fingers below the kneecap."}],
        "chapters": [{"start_ms": 0, "end_ms": 4000, "title": "Where it lies"}],
        "references": [
            {"text": "An own text about the point, 2026.", "url": "https://example.org/point"},
            {"text": "No link.", "url": ""},
        ],
        "told": [_told(unread=True), _told(unread=False)],
        "page": {"number": 3, "pages": 9},
    }


_STATES = ("done", "open", "waiting", "todo")
_RATINGS = [
    {"value": 1, "label": "poor", "chosen": False},
    {"value": 4, "label": "good", "chosen": True},
    {"value": 5, "label": "excellent", "chosen": False},
]
_GATES = (("watch", "done", "All lessons are watched."), ("worksheet", "open", "Hand in the worksheet."),
          ("review", "waiting", "Your teacher reads it."), ("test", "failed", "Every try is used."),
          ("evaluation", "blocked", "The test comes first."))  # fmt: skip
_LEARNINGS = (
    {"percent": 0, "lessons_done": 0},
    {"closing": True, "access_until": DAY, "gate": "Next: the test"},
    {"percent": 100, "lessons_done": 8, "completed_on": DAY, "certificate_serial": "NK-DEMO"},
    {"percent": 100, "lessons_done": 8, "completed_on": DAY, "awaits_name": True},
    {"open": False, "left_on": DAY, "may_return": True},
)


def _asked(*, waiting: bool) -> dict[str, Any]:
    return {
        "id": 1, "text": "Why two minutes, and not three?", "asker": "A learner", "asked": "Jiànwén Hé 何建文",
        "title": "Where it lies", "course": "Zú Sān Lǐ: One Point in Depth", "at": MOMENT, "waiting": waiting,
        "shared_at": None if waiting else MOMENT,
    }  # fmt: skip


def _course(title: str, price: int) -> dict[str, Any]:
    return {
        "slug": SLUG, "title": title, "teacher_slug": "jianwen-he", "teacher_name": "Jiànwén Hé 何建文", "minutes": 45,
        "summary": "Where it lies, what lies beneath, and what trials show.", "lesson_count": 8, "price_cents": price,
        "currency": "USD", "category": "Points",
    }  # fmt: skip


def _article() -> dict[str, Any]:
    return {
        "slug": "three-miles", "title": "The Point of Three Miles", "category": "Points", "updated": MOMENT,
        "summary": "A name, and what it promises.", "author_slug": "jianwen-he", "author_name": "Jiànwén Hé 何建文",
    }  # fmt: skip


def _learning(**more: Any) -> dict[str, Any]:
    absent = ("completed_on", "certificate_serial", "left_on", "access_until", "gate")
    return {
        "slug": SLUG, "title": "Zú Sān Lǐ: One Point in Depth", "percent": 40, "lessons_done": 3, "lessons_total": 8,
        "open": True, "next_slug": "where-it-lies", "next_title": "Where it lies", "awaits_name": False,
        "closing": False, "may_return": False, **dict.fromkeys(absent),
    } | more  # fmt: skip


def _gate(kind: str, state: str, sentence: str) -> dict[str, Any]:
    return {"kind": kind, "state": state, "sentence": sentence, "url": "/learn"}


def _lesson(number: int, state: str) -> dict[str, Any]:
    kind = ("video", "text", "worksheet", "test")[number - 1]
    first = number == 1
    return {
        "slug": f"lesson-{number}", "title": f"Lesson {number}, {state}", "kind": kind, "minutes": 7, "state": state,
        "current": first, "preview": first,
    }  # fmt: skip


def _question(number: int, kind: str) -> dict[str, Any]:
    choices = [{"id": number * 10 + at, "text_html": f"Answer {at}", "chosen": at == 1} for at in (1, 2, 3)]
    return {"id": number, "kind": kind, "stem_html": "<p>Which is right?</p>", "choices": choices, "blank": False}


def _answer(*, right: bool) -> dict[str, Any]:
    choices = [
        {"text_html": "This", "chosen": right, "right": True},
        {"text_html": "That", "chosen": not right, "right": False},
    ]
    return {
        "right": right,
        "stem_html": "<p>Which is right?</p>",
        "choices": choices,
        "explanation_html": "<p>Because.</p>",
    }


def _hours() -> dict[str, Any]:
    return {"hours": "1.5", "board_name": "Board of Specimens", "provider_number": "DEMO-0", "category": "Category 1",
            "number": "DEMO-1", "valid_from": DAY, "valid_until": DAY}  # fmt: skip


def _certificate(status: str) -> dict[str, Any]:
    return {
        "status": status, "course_title": "Zú Sān Lǐ: One Point in Depth", "statement": "Certificate of completion",
        "serial": "NK-DEMO", "hours": [{"hours": 1, "board_name": "Board of Specimens", "category": "Category 1"}],
        "completed_on": DAY, "issued_on": DAY, "revoked_at": MOMENT, "revoked_reason": "Issued to the wrong name.",
    }  # fmt: skip


def _prompt(key: str, *, text: str = "", error: Any = "") -> dict[str, Any]:
    return {"key": key, "html": "<p>Describe how you find the point.</p>", "text": text, "words": 3 if text else 0,
            "least_words": 20, "error": error, "other": ""}  # fmt: skip


def _prompts() -> list[dict[str, Any]]:
    return [_prompt("fresh"), _prompt("short", error=_("Write at least 20 words.")), _prompt("in", text="足三里")]


def _told(*, unread: bool) -> dict[str, Any]:
    message = "Your certificate is ready." if unread else "Read already, and nothing to open."
    return {"kind": "certificate_ready" if unread else "of a later version", "unread": unread, "message": message,
            "url": "/certificates" if unread else "", "created": MOMENT}  # fmt: skip


def _note(color: str, state: str, wording: str = "") -> dict[str, Any]:
    return {
        "id": f"specimen-{state}", "version": 1, "color": color, "drawn": state != "orphan", "start": 0, "end": 14,
        "source": {"path": "/articles/a-point", "kind": "article", "slug": "a-point"},
        "quote": "Needle gently, and wait.",
        "media_ms": None, "note": "Show this to the students." if color == "amber" else "", "state": state,
        "needs_review": state != "unchanged", "wording": wording, "number": 2, "made_on": 1, "created": MOMENT,
    }  # fmt: skip


_NOTES = [_note("amber", "unchanged"), _note("rose", "changed", "Needle slowly."), _note("sky", "orphan")]
