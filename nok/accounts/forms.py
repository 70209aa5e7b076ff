"""What people type about themselves."""

from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField, ValidationError
from wtforms.validators import Email

from nok.accounts.rules import MIN_PASSWORD, password_problem
from nok.web.forms import Form, line, secret


def _email(**options: Any) -> Any:
    field = line(
        _("E-mail address"),
        most=254,
        required=_("Enter your e-mail address."),
        autocomplete="email",
        **options,
    )
    field.kwargs["validators"].append(Email(message=_("Enter an address such as name@clinic.example.")))
    field.kwargs["render_kw"] |= {"type": "email", "inputmode": "email", "spellcheck": "false"}
    return field


def _printable(_form: Any, field: Any) -> None:
    """Refuse a name that the certificate's fonts cannot show, before anyone earns a certificate with it."""
    from nok.formats.certificate_pdf import unprintable  # here: the typesetter is heavy, and few requests need it

    missing = "" if field.errors else unprintable(field.data or "")
    if missing:
        raise ValidationError(
            gettext("Certificates cannot show these characters yet: %(missing)s. Write the name in Latin letters, "
                    "Chinese, Japanese or Korean.", missing=missing)
        )  # fmt: skip


def _license_name(description: Any) -> Any:
    field = line(
        _("Name on your license"),
        most=120,
        required=_("Enter your name as your license shows it."),
        description=description,
    )
    field.kwargs["validators"].append(_printable)
    return field


class LoginForm(Form):
    """Sign in."""

    email = line(_("E-mail address"), most=254, required=_("Enter your e-mail address."), autocomplete="username")
    password = secret(_("Password"), required=_("Enter your password."))


class RegisterForm(Form):
    """Ask for an account."""

    display_name = line(_("Name"), most=120, required=_("Enter the name that teachers will see."), autocomplete="name")
    license_name = _license_name(_("Certificates carry this name. Write it exactly as your license shows it."))
    email = _email()
    password = secret(
        _("Password"),
        required=_("Choose a password."),
        description=_("At least %(length)s characters. A few unrelated words are good.", length=MIN_PASSWORD),
        autocomplete="new-password",
    )

    def validate_password(self, field: Any) -> None:
        """Refuse what is guessed first."""
        problem = password_problem(field.data or "", self.email.data or "")
        if problem == "short":
            raise ValidationError(gettext("Use at least %(length)s characters.", length=MIN_PASSWORD))
        if problem is not None:
            raise ValidationError(gettext("This password is guessed first. Choose another, for example a few words."))


class ConfirmForm(Form):
    """The password chosen at registration.

    The link alone must not act, for mail scanners follow links, nor open an account that someone else asked for.
    """

    password = secret(_("The password you chose"), required=_("Enter the password you chose when you registered."))


class ProfileForm(Form):
    """How a person is called, and where their clock is."""

    display_name = line(_("Name"), most=120, required=_("Enter the name that teachers will see."), autocomplete="name")
    license_name = _license_name(
        _("New certificates carry this name. Those you already hold keep the name they were issued with.")
    )
    time_zone = SelectField(_("Time zone"), choices=sorted(available_timezones()))
