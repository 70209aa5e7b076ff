"""What people type to check a certificate."""

from flask_babel import lazy_gettext as _

from nok.web.forms import Form, line


class VerifyForm(Form):
    """A serial, as read off a certificate."""

    class Meta:
        """A question by GET changes nothing and needs no token."""

        csrf = False

    serial = line(
        _("Certificate number"),
        most=200,
        required=_("Enter the number that stands on the certificate, for example NK-7Q2M-…"),
    )
