"""What people choose to be told."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectMultipleField

from nok.notifications.rules import Kind
from nok.web.forms import Form


class ChoicesForm(Form):
    """The kinds and channels that are wanted, each as `kind:channel`."""

    told = SelectMultipleField(_("What you are told"))

    def choosing(self, kinds: Iterable[Kind]) -> "ChoicesForm":
        """Offer what can be turned off."""
        self.told.choices = [
            SelectChoice(f"{kind.code}:{channel}", kind.title)
            for kind in kinds
            if not kind.fixed
            for channel in kind.channels
        ]
        return self

    def wanted(self) -> set[tuple[str, str]]:
        """Return the kinds and channels that were ticked."""
        return {(kind, channel) for kind, _colon, channel in (each.partition(":") for each in self.told.data or ())}
