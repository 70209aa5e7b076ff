"""How the pages look to one reader."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField, SelectChoice

from nok.web.forms import Form
from nok.web.theme import SYSTEM

CHOICES = [
    SelectChoice(SYSTEM, _("As my device says")),
    SelectChoice("light", _("Light")),
    SelectChoice("dark", _("Dark")),
]


class ThemeForm(Form):
    """Light or dark."""

    theme = RadioField(_("Theme"), choices=CHOICES, default=SYSTEM)
