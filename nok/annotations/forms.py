"""What people send of a highlight or a note, from forms and as web annotations."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField, SelectChoice, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from nok.annotations.models import Annotation, Color
from nok.annotations.queries import Wanted
from nok.annotations.rules import LONGEST_QUOTE, read_address
from nok.annotations.service import Marked
from nok.core import folding
from nok.core.errors import Invalid
from nok.core.unseen import first_unseen
from nok.formats import web_annotation
from nok.formats.web_annotation import NotUnderstood, Received
from nok.web.forms import Form, clean_text, prose

MOST_NOTE = 10_000
LATEST_MS = 24 * 3600 * 1000
COLOR_NAMES = {Color.AMBER: _("Amber"), Color.JADE: _("Jade"), Color.SKY: _("Sky"), Color.ROSE: _("Rose")}


class NoteForm(Form):
    """A color and a note."""

    color = SelectField(_("Color"), choices=[SelectChoice(*each) for each in COLOR_NAMES.items()], default=Color.AMBER)
    note = prose(_("Note"), most=MOST_NOTE)
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])
    theirs = ""

    def outdated(self, made: Annotation) -> bool:
        """Whether the note was changed since the form was shown; `theirs` is what it says now; saving again wins."""
        if self.version.data in (None, made.version):
            return False
        self.form_errors.append(_("This note was changed elsewhere meanwhile. Save again to put yours in its place."))
        self.theirs, self.version.raw_data, self.version.data = made.note, None, made.version
        return True


class NewNoteForm(NoteForm):
    """A note on what is read. Without scripts the words are copied into `quote`."""

    source = HiddenField()
    quote = prose(
        _("Words that it is about"),
        most=LONGEST_QUOTE,
        description=_("Copy them from the text, or leave this empty for a note about the whole."),
    )
    media_ms = IntegerField(validators=[Optional(), NumberRange(0, LATEST_MS)])

    def marked(self) -> Marked:
        """Return what is to be annotated; raise Invalid for an address that names nothing of the kind."""
        return _marked(
            Received(source=self.source.data or "", exact=self.quote.data or "", media_ms=self.media_ms.data)
        )


class FilterForm(Form):
    """Which of my notes to show."""

    class Meta:
        """A question by GET changes nothing and needs no token."""

        csrf = False

    q = StringField(_("Search my notes"), validators=[Length(max=200), clean_text])
    source = SelectField(_("Where"), choices=[SelectChoice("", _("Everywhere"))], validate_choice=False)
    color = SelectField(
        _("Color"),
        choices=[SelectChoice(*each) for each in [("", _("Every color")), *COLOR_NAMES.items()]],
        validate_choice=False,
    )
    kind = SelectField(
        _("Kind"),
        choices=[
            SelectChoice("", _("All")),
            SelectChoice("highlight", _("Highlights without a note")),
            SelectChoice("note", _("With a note")),
            SelectChoice("moment", _("Moments of a film")),
        ],
        validate_choice=False,
    )
    review = BooleanField(_("Only those that need a look"))

    def choosing(self, shelves: Mapping[str, tuple[str, str]]) -> "FilterForm":
        """Offer the pages and the courses that have notes of mine, by title."""
        courses = {path.rpartition("/")[0]: course for path, (_title, course) in shelves.items() if course}
        offered = [*courses.items(), *((path, title) for path, (title, _course) in shelves.items())]
        offered = [("", gettext("Everywhere")), *sorted(offered, key=itemgetter(1))]
        self.source.choices = [SelectChoice(*each) for each in offered]
        return self

    def wanted(self) -> Wanted:
        """Return what is asked for; a value that is none of the choices chooses nothing."""
        color = self.color.data if self.color.data in list(Color) else None
        known = {choice.value for choice in self.source.choices}
        return Wanted(
            terms=folding.terms(self.q.data or ""),
            color=Color(color) if color else None,
            source=self.source.data if self.source.data in known else "",
            kind=self.kind.data or "",
            review=bool(self.review.data),
        )


@dataclass(frozen=True)
class Look:
    """Whether highlights are marked text on a device, and whether keys make them."""

    marks: bool
    keys: bool


class LookForm(Form):
    """How highlights are shown and made on this device."""

    marks = BooleanField(
        _("Show highlights as marked text"),
        description=_("For older browsers, reading aids and scripts turned off."),
    )
    keys = BooleanField(
        _("H and N mark the words that are selected"),
        description=_("Turn it off where letters are spoken, or typed by chance."),
    )


def received(body: Any, base_url: str) -> tuple[Marked, Color, str]:
    """Return what a web annotation marks, its color and its note; raise Invalid, naming the part that is not right."""
    try:
        sent = web_annotation.read(body)
    except NotUnderstood as part:
        raise Invalid(_("%(part)s cannot be read. See /api/v1/openapi.json.", part=str(part))) from None
    if len(sent.note) > MOST_NOTE:
        raise Invalid(_("Write at most %(most)s characters in a note.", most=MOST_NOTE), field="note")
    letter = first_unseen(sent.note)
    if letter is not None:
        raise Invalid(
            _("The note holds an invisible character (U+%(code)s). Remove it.", code=f"{ord(letter):04X}"), field="note"
        )
    if sent.color and sent.color not in list(Color):
        raise Invalid(_("styleClass must be one of %(colors)s.", colors=", ".join(Color)))
    return _marked(sent, base_url), Color(sent.color or Color.AMBER), sent.note.strip()


def _marked(sent: Received, base_url: str = "") -> Marked:
    here = sent.source.removeprefix(base_url)
    found = read_address(here) if here.startswith("/") and not here.startswith("//") else None
    if found is None:
        raise Invalid(gettext("The source must be the address of an article or a lesson of this site."))
    source, number = found
    return Marked(source, number, sent.start, sent.end, sent.exact, sent.prefix, sent.suffix, sent.media_ms)
