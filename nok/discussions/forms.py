"""What is asked, and what is said to it."""

import unicodedata
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, IntegerField, ValidationError
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from nok.annotations.rules import read_address
from nok.core.errors import NotFound
from nok.discussions.service import About
from nok.web.forms import Form, prose

MOST_TEXT = 4_000
LATEST_MS = 24 * 3600 * 1000
LATEST_CHARACTER = 10_000_000


class AboutForm(Form):
    """Which text, and which words or which moment of it; an address by GET says the same."""

    class Meta:
        """A question by GET changes nothing and needs no token."""

        csrf = False

    source = HiddenField()
    start = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, LATEST_CHARACTER)])
    end = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, LATEST_CHARACTER)])
    media_ms = IntegerField(widget=HiddenInput(), validators=[Optional(), NumberRange(0, LATEST_MS)])

    def about(self) -> About:
        """Return what is asked about; raise NotFound for an address that names nothing of the kind."""
        found = read_address(self.source.data or "")
        if found is None or any(getattr(self, name).errors for name in ("start", "end", "media_ms")):
            raise NotFound
        return About(*found, self.start.data, self.end.data, self.media_ms.data)


class AskForm(AboutForm):
    """A question."""

    class Meta:
        """It is sent by POST."""

        csrf = True

    text = prose(_("Your question"), most=MOST_TEXT, description=_("Leave out whatever a patient could be known by."))

    def validate_text(self, field: Any) -> None:
        """Refuse a question of nothing."""
        if not _says_something(field.data):
            raise ValidationError(gettext("Write your question."))


class ReplyForm(Form):
    """What one of the two writes on. `seen` is the last reply on the page that was read, or 0."""

    text = prose(_("Your reply"), most=MOST_TEXT)
    seen = IntegerField(widget=HiddenInput(), default=0)

    def validate_text(self, field: Any) -> None:
        """Refuse a reply of nothing."""
        if not _says_something(field.data):
            raise ValidationError(gettext("Write your reply."))


class SettleForm(Form):
    """The last reply that was read."""

    seen = IntegerField(widget=HiddenInput(), default=0)


class ShareForm(Form):
    """Whether every reader sees it."""

    on = BooleanField()


def _says_something(text: str | None) -> bool:
    """Whether anything in it can be seen: letters without a width are a sentence of nothing."""
    return any(not letter.isspace() and unicodedata.category(letter) not in {"Cf", "Cc"} for letter in text or "")
