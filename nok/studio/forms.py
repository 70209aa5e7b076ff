"""What a reviewer writes, and what someone who looks after a course's people does."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, SubmitField, ValidationError
from wtforms.validators import Email, InputRequired

from nok.web.forms import Form, line, prose

MOST_COMMENT = 4000
_LONGEST_NUMBER = 9
_FIRST_YEAR, _LAST_YEAR = 2000, 2199


class ReviewForm(Form):
    """The verdict on a worksheet. `seen` is the number of savings in the text that was read."""

    seen = HiddenField()
    comment = prose(
        _("Your comment"),
        most=MOST_COMMENT,
        description=_("The learner reads it. It is needed when you return the worksheet."),
    )
    accept = SubmitField(_("Accept"))
    give_back = SubmitField(_("Return with the comment"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the fields, and that one of the two buttons was pressed on a page that said what it showed."""
        right = bool(super().validate(extra_validators))
        if self.read() is None or self.accept.data == self.give_back.data:
            self.form_errors.append(_("Choose one: accept, or return with the comment."))
            return False
        return right

    def read(self) -> int | None:
        """Return the number of savings in the text that was read, or None when the page did not say it."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else None


class EnrollForm(Form):
    """Who is to be enrolled."""

    email = line(
        _("E-mail address"),
        most=254,
        required=_("Enter the e-mail address of the person to enroll."),
        description=_("They need an account already. They are told, and find the course in My learning."),
    )
    email.kwargs["validators"].append(Email(message=_("Enter an address such as name@clinic.example.")))
    email.kwargs["render_kw"] |= {"type": "email", "inputmode": "email", "spellcheck": "false"}


class ExtendForm(Form):
    """The last day of access."""

    until = DateField(
        _("Access until the end of"),
        validators=[InputRequired(message=_("Choose the last day of access."))],
        render_kw={"min": "2000-01-01", "max": "2199-12-31"},
    )

    def validate_until(self, field: Any) -> None:
        """Refuse years that no calendar of ours reaches."""
        if field.data and not _FIRST_YEAR <= field.data.year <= _LAST_YEAR:
            raise ValidationError(gettext("Choose a day up to the year %(year)s.", year=_LAST_YEAR))
