"""What an operator decides."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectField
from wtforms.validators import AnyOf

from nok.accounts.models import Role
from nok.certificates.rules import LONGEST_REASON
from nok.web.forms import Form, line

ROLE_NAMES: dict[Role, Any] = {Role.STUDENT: _("Student"), Role.TEACHER: _("Teacher"), Role.OPERATOR: _("Operator")}


class RoleForm(Form):
    """What a person may be."""

    role = SelectField(
        _("Role"),
        choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()],
        validate_choice=False,
        validators=[AnyOf([role.value for role in Role], message=_("Choose one of the roles in the list."))],
        description=_("A teacher or operator may learn, too."),
    )


class EnrollForm(Form):
    """The course somebody is enrolled in. The choices are the published courses: slug and title."""

    course = SelectField(
        _("Course"),
        validate_choice=False,
        description=_("They are told, and find the course in My learning. A price does not hold them back."),
    )

    def __init__(self, choices: list[tuple[str, str]], **values: Any) -> None:
        super().__init__(**values)
        self.course.choices = [SelectChoice(slug, title) for slug, title in choices]

    def validate_course(self, field: Any) -> None:
        """Refuse what is not in the list."""
        AnyOf([choice.value for choice in self.course.choices], message=_("Choose one of the courses in the list."))(
            self, field
        )


class RevokeForm(Form):
    """Why a certificate stands no more."""

    reason = line(
        _("Reason"),
        most=LONGEST_REASON,
        required=_("Give a reason: whoever checks the certificate will read it."),
        description=_("Everybody who checks this certificate reads it. Write nothing private."),
    )
