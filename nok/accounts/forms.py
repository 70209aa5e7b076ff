"""What people type about themselves."""

from functools import cache
from typing import Any

from babel import Locale
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, HiddenField, SelectField, ValidationError
from wtforms.validators import Email

from nok.accounts.models import Person
from nok.accounts.policy import is_teacher
from nok.accounts.rules import MIN_PASSWORD, password_problem
from nok.core.clock import DEFAULT_ZONE, zones
from nok.web.forms import Form, line, secret
from nok.web.i18n import LANGUAGES


def _email(label: Any, **options: Any) -> Any:
    field = line(label, most=254, required=_("Enter an e-mail address."), autocomplete="email", **options)
    field.kwargs["validators"].append(Email(message=_("Enter an address such as name@clinic.example.")))
    field.kwargs["render_kw"] |= {"type": "email", "inputmode": "email", "spellcheck": "false"}
    return field


def printable(_form: Any, field: Any) -> None:
    """Refuse words that the certificate's fonts cannot show, before anyone earns a certificate with them."""
    from nok.formats.certificate_pdf import unprintable  # here: the typesetter is heavy, and few requests need it

    missing = "" if field.errors else unprintable(field.data or "")
    if missing:
        raise ValidationError(
            gettext("Certificates cannot show these characters yet: %(missing)s. Write it in Latin letters, "
                    "Chinese, Japanese or Korean.", missing=missing)
        )  # fmt: skip


def _new_password(label: Any, required: Any) -> Any:
    return secret(
        label,
        required=required,
        description=_("At least %(length)s characters. A few unrelated words are good.", length=MIN_PASSWORD),
        autocomplete="new-password",
    )


def _refuse_guessable(password: str, email: str) -> None:
    """Raise ValidationError for a password that is guessed first."""
    problem = password_problem(password, email)
    if problem == "short":
        raise ValidationError(gettext("Use at least %(length)s characters.", length=MIN_PASSWORD))
    if problem is not None:
        raise ValidationError(gettext("This password is guessed first. Choose another, for example a few words."))


@cache
def _zones() -> dict[str, list[tuple[str, str]]]:
    """Return the time zones by region, each as its name and the place in it: `Asia/Ho_Chi_Minh`, "Ho Chi Minh"."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zones()):
        region, place = name.split("/", 1) if "/" in name else ("Etc", name)
        shown = place.replace("_", " ").replace("/", " / ")
        regions.setdefault(region, []).append((name, shown))
    return regions


def _license_name(description: Any) -> Any:
    field = line(
        _("Name on your license"),
        most=120,
        required=_("Enter your name as your license shows it."),
        description=description,
    )
    field.kwargs["validators"].append(printable)
    return field


class LoginForm(Form):
    """Sign in."""

    email = line(_("E-mail address"), most=254, required=_("Enter your e-mail address."), autocomplete="username")
    password = secret(_("Password"), required=_("Enter your password."))


class RegisterForm(Form):
    """Ask for an account."""

    display_name = line(_("Name"), most=120, required=_("Enter the name that teachers will see."), autocomplete="name")
    license_name = _license_name(_("Certificates carry this name. Write it exactly as your license shows it."))
    email = _email(_("E-mail address"))
    password = _new_password(_("Password"), _("Choose a password."))

    def validate_password(self, field: Any) -> None:
        """Refuse what is guessed first."""
        _refuse_guessable(field.data or "", self.email.data or "")


class ConfirmForm(Form):
    """The password chosen at registration.

    The link alone must not act, for mail scanners follow links, nor open an account that someone else asked for. The
    browser adds the time zone where it may; one that we do not know becomes UTC.
    """

    time_zone = HiddenField(
        default=DEFAULT_ZONE,
        filters=[lambda name: name if name in zones() else DEFAULT_ZONE],
        render_kw={"data-zone": ""},
    )
    password = secret(_("The password you chose"), required=_("Enter the password you chose when you registered."))


class ForgotForm(Form):
    """Ask for a link that sets another password."""

    email = _email(_("E-mail address"))


class ResetForm(Form):
    """Set the password that the link in the mail was asked for; `address` is the account's."""

    password = _new_password(_("New password"), _("Choose a new password."))

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def validate_password(self, field: Any) -> None:
        """Refuse what is guessed first."""
        _refuse_guessable(field.data or "", self.address)


class PasswordForm(Form):
    """Change the password; `address` is the account's."""

    current_password = secret(_("Present password"), required=_("Enter your present password."))
    new_password = _new_password(_("New password"), _("Choose a new password."))

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def validate_new_password(self, field: Any) -> None:
        """Refuse what is guessed first."""
        _refuse_guessable(field.data or "", self.address)


class AddressForm(Form):
    """Change the address; `address` is the present one."""

    new_email = _email(
        _("New e-mail address"),
        description=_("We send a link to it. Your address changes when you follow the link."),
    )
    current_password = secret(_("Present password"), required=_("Enter your present password."))

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def validate_new_email(self, field: Any) -> None:
        """Refuse what would change nothing."""
        if (field.data or "").lower() == self.address:
            raise ValidationError(gettext("This is your address already."))


class ConfirmAddressForm(Form):
    """Only a press changes the address: mail scanners follow links."""


class LicenseNameForm(Form):
    """The name as it will stand on certificates, confirmed or corrected."""

    license_name = _license_name(_("If your license shows it otherwise, correct it here."))


class ProfileForm(Form):
    """How a person is called, and where their clock is. The name of who teaches stands on certificates, too."""

    display_name = line(_("Name"), most=120, required=_("Enter the name that teachers will see."), autocomplete="name")
    license_name = _license_name(
        _("New certificates carry this name. Those you already hold keep the name they were issued with.")
    )
    name_is_right = BooleanField(_("This is my name exactly as my license shows it"))
    time_zone = SelectField(_("Time zone"), choices=_zones, description=_("Type the first letters of your city."))
    language = SelectField(
        _("Language"),
        choices=lambda: [
            ("", gettext("As my browser says")),
            *((code, Locale.parse(code).get_display_name(code)) for code in LANGUAGES),
        ],
    )

    def __init__(self, person: Person) -> None:
        super().__init__(obj=person)
        self.teaches = is_teacher(person)

    def validate_display_name(self, field: Any) -> None:
        """Refuse what certificates cannot show, from those whose name stands on them."""
        if self.teaches:
            printable(self, field)
