"""What learners send: the answers of a test or worksheet, as a form or as JSON, and the evaluation."""

import re
from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from nok.classroom.queries.worksheets import Typed
from nok.core.errors import Invalid
from nok.web.forms import Form, prose

MOST_ANSWERS = 500
MOST_COMMENT = 4000
_TEXT = "answer-"
_RATING = "rate-"
_LONGEST_NUMBER = 15


def answers_from_form(form: MultiDict[str, str]) -> dict[int, list[int]]:
    """Return chosen choice ids by question id from fields named `q12`; raise Invalid."""
    names = [name for name in form if name.startswith("q")][:MOST_ANSWERS]
    return {_number(name[1:]): [_number(value) for value in form.getlist(name)] for name in names}


def chosen_in_form(form: MultiDict[str, str]) -> set[int]:
    """Return every choice id in the form that can be read, to show a refused test as it was sent."""
    values = [value for name in list(form)[:MOST_ANSWERS] for value in form.getlist(name) if name.startswith("q")]
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) <= _LONGEST_NUMBER}


def answers_from_json(body: Any) -> dict[int, list[int]]:
    """Return the same from `{"answers": {"12": ["40", "41"]}}`; raise Invalid."""
    answers = body.get("answers") if isinstance(body, dict) else None
    if not isinstance(answers, dict) or len(answers) > MOST_ANSWERS:
        raise _unreadable()
    read: dict[int, list[int]] = {}
    for question, chosen in answers.items():
        if not isinstance(chosen, list) or len(chosen) > MOST_ANSWERS:
            raise _unreadable()
        read[_number(question)] = [_number(value) for value in chosen]
    return read


class EvaluationForm(Form):
    """What a learner adds to the ratings, in their own words."""

    comment = prose(_("Anything else"), most=MOST_COMMENT)


def ratings_from_form(form: MultiDict[str, str]) -> dict[str, int]:
    """Return the ratings by topic from fields named `rate-usefulness`; what is no digit is no rating."""
    sent = {name: form[name] for name in list(form)[:MOST_ANSWERS] if name.startswith(_RATING)}
    return {
        name.removeprefix(_RATING): int(value)
        for name, value in sent.items()
        if len(value) == 1 and value.isascii() and value.isdigit()
    }


def worksheet_from_form(form: MultiDict[str, str]) -> Typed:
    """Return the texts by prompt from fields named `answer-w-first-visit`, and the savings seen from `saves`."""
    names = [name for name in list(form)[:MOST_ANSWERS] if name.startswith(_TEXT)]
    texts = {name.removeprefix(_TEXT): _plain(form[name]) for name in names}
    return Typed(texts, _seen(form.get("saves", "0")))


def worksheet_from_json(body: Any) -> Typed:
    """Return the same from `{"answers": {"w-first-visit": "…"}, "saves": 3}`; raise Invalid."""
    answers = body.get("answers") if isinstance(body, dict) else None
    if not isinstance(answers, dict) or len(answers) > MOST_ANSWERS:
        raise _unreadable()
    if not all(isinstance(text, str) for text in answers.values()):
        raise _unreadable()
    return Typed({key: _plain(text) for key, text in answers.items()}, _number(body.get("saves")))


def _seen(text: str) -> int:
    """Return the number of savings that a page knew of; -1, which fits nothing, when it cannot be read."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else -1


def _plain(text: str) -> str:
    """Return a text with the one kind of line end that is stored: forms and word processors have others."""
    return re.sub(r"\r\n|[\r\v\f]", "\n", text)


def _number(value: Any) -> int:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER:
        raise _unreadable()
    return int(text)


def _unreadable() -> Invalid:
    return Invalid(_("The answers could not be read. Reload the page and choose again."))
