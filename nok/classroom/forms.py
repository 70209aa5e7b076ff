"""The answers of a test, as a form or as JSON."""

from typing import Any

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import MultiDict

from nok.core.errors import Invalid

MOST_ANSWERS = 500
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


def _number(value: Any) -> int:
    text = str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER:
        raise _unreadable()
    return int(text)


def _unreadable() -> Invalid:
    return Invalid(_("The answers could not be read. Reload the page and choose again."))
