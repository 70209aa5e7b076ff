"""The words one searches by."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import Length

from nok.web.forms import Form, clean_text


class SearchForm(Form):
    """A few words."""

    class Meta:
        """A question by GET changes nothing and needs no token."""

        csrf = False

    q = StringField(
        _("Search"),
        validators=[Length(max=200, message=_("Use at most %(max)d characters.")), clean_text],
    )

    @property
    def text(self) -> str:
        """What was asked for, stripped; empty when it cannot be asked for. Call `validate` first."""
        return "" if self.errors else (self.q.data or "").strip()
