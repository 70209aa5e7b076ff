"""A license, as its holder writes it down."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, SelectField, ValidationError
from wtforms.validators import InputRequired, Optional

from nok.accounts.forms import printable
from nok.accounts.models import License
from nok.credits import queries, rules
from nok.credits.models import Board
from nok.web.forms import Form, line

YEARS = range(1950, 2100)
STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "GU": "Guam", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
    "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "PR": "Puerto Rico",
    "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah",
    "VT": "Vermont", "VI": "Virgin Islands", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia",
    "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip


class DayField(DateField):
    """A day, as a browser's date picker sends it: 2027-05-31."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the day; whatever else was typed stays in the field."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError:
            raise ValueError(gettext("Write the day as 2027-05-31: year, month, day.")) from None


class LicenseForm(Form):
    """A professional license or certification."""

    board_code = SelectField(
        _("Board"), validators=[InputRequired(message=_("Choose the board that gave you the license."))]
    )
    number = line(
        _("License number"), most=40, required=_("Enter the number as your license shows it."), autocomplete="off"
    )
    state = SelectField(_("State"), description=_("Leave it open for a national certification."))
    expires_on = DayField(
        _("Expires on"), validators=[Optional()], description=_("Leave it empty if the license does not expire.")
    )

    def __init__(self, held: License | None = None) -> None:
        super().__init__(obj=held)
        self.boards = {board.code: board for board in queries.boards()}
        names = {code: board.name for code, board in self.boards.items()}
        if held is not None:
            names.setdefault(held.board_code, held.board_code)  # of a board that is not in our data any more
        self.board_code.choices = [("", _("Choose a board")), *names.items()]
        self.state.choices = [("", _("No state")), *STATES.items()]

    def validate_number(self, field: Any) -> None:
        """Refuse what is no number of this board."""
        board = self._board()
        if not field.errors and board is not None and not rules.number_fits(board.number_pattern, field.data):
            raise ValidationError(board.number_hint or gettext("This board writes its numbers otherwise. Check it."))
        printable(self, field)

    def validate_state(self, field: Any) -> None:
        """Refuse a state in which this board licenses nobody; an open one is the board's."""
        board = self._board()
        if board is None or not board.state:
            return
        field.data = field.data or board.state
        if field.data != board.state:
            name = STATES.get(board.state, board.state)
            raise ValidationError(gettext("This board licenses in one state: choose %(state)s.", state=name))

    def validate_expires_on(self, field: Any) -> None:
        """Refuse a year that was mistyped."""
        if field.data is not None and field.data.year not in YEARS:
            raise ValidationError(gettext("Check the year."))

    def _board(self) -> Board | None:
        return self.boards.get(self.board_code.data or "")
