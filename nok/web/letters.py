"""Mail as text and as HTML: the templates of `templates/emails`, each with a subject, a body and a word for its link.

Only the text is written; the HTML is made of its paragraphs, so that the two cannot say different things.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import get_locale
from jinja2 import Template

_GAPS = re.compile(r"\n{3,}")
_FOOT = "\n--\n"


@dataclass(frozen=True)
class Letter:
    """A subject of one line, plain text, and the same as an HTML page."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Paragraph:
    """`link` is whether it is nothing but an address of ours."""

    text: str
    link: bool = False


def letter(kind: str, **values: Any) -> Letter:
    """Return the mail of this kind, in the language and zone of the moment (`i18n.speaking_to`).

    Texts among the values lose their line breaks: what people call themselves must not look like another paragraph.
    Only the values `link`, `check` and `off` become links: an address that somebody typed into a form stays words.
    """
    template = current_app.jinja_env.get_template(f"emails/{kind}.txt")
    known = {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in values.items()}
    subject = _block(template, "subject", known)
    text = _GAPS.sub("\n\n", template.render(known)).strip() + "\n"
    links = {known[name] for name in ("link", "check") if name in known}
    body, _rule, foot = text.rpartition(_FOOT)
    page = current_app.jinja_env.get_template("emails/layout.html")
    html = page.render(
        language=str(get_locale() or "en").replace("_", "-"),
        subject=subject,
        provider=known.get("provider", ""),
        action=_block(template, "action", known),
        body=_paragraphs(body, links),
        foot=_paragraphs(foot, {known.get("off", "")}),
    )
    return Letter(subject, text, html)


def _block(template: Template, name: str, values: dict[str, Any]) -> str:
    """Return what a block of the template says, on one line; nothing when there is none."""
    block = template.blocks.get(name)
    return " ".join("".join(block(template.new_context(values))).split()) if block else ""


def _paragraphs(text: str, links: Collection[str]) -> list[Paragraph]:
    found = (" ".join(part.split()) for part in text.split("\n\n"))
    return [Paragraph(part, part in links) for part in found if part]
