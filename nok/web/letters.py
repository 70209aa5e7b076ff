"""Mail as text: the templates of `templates/emails`, each with a subject and a body."""

import re
from dataclasses import dataclass
from typing import Any

from flask import current_app

_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Letter:
    """A subject of one line, and plain text."""

    subject: str
    text: str


def letter(kind: str, **values: Any) -> Letter:
    """Return the mail of this kind, in the language and zone of the moment (`i18n.speaking_to`).

    Texts among the values lose their line breaks: what people call themselves must not look like another paragraph.
    """
    template = current_app.jinja_env.get_template(f"emails/{kind}.txt")
    known = {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in values.items()}
    subject = "".join(template.blocks["subject"](template.new_context(known)))
    return Letter(" ".join(subject.split()), _GAPS.sub("\n\n", template.render(known)).strip() + "\n")
