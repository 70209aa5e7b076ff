"""The base of every form, and what every text field refuses."""

from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import PasswordField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Length

from nok.core.unseen import first_unseen


class Form(FlaskForm):
    """A form with a CSRF token. It reads fields only: neither files nor a JSON body stand in for what people type."""

    class Meta(FlaskForm.Meta):
        """How the fields are found."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Return the fields that were sent, or what the caller passed in."""
            if formdata is _Auto:
                return request.form if form.is_submitted() else None
            return formdata


def clean_text(_form: Any, field: Any) -> None:
    """Refuse control characters and marks that turn the reading direction: they hide what a text says."""
    letter = first_unseen(field.data or "")
    if letter is not None:
        raise ValidationError(
            gettext(
                "This holds an invisible character (U+%(code)04X). Remove it or type the text anew.", code=ord(letter)
            )
        )


def line(label: Any, *, most: int, required: Any, description: Any = "", autocomplete: str = "off") -> StringField:
    """Return a one-line text field of up to `most` characters; `required` is the message when it is empty."""
    return StringField(
        label,
        description=description,
        filters=[_strip],
        validators=[
            InputRequired(message=required),
            DataRequired(message=required),
            Length(max=most, message=_("Use at most %(max)d characters.")),
            clean_text,
            _one_line,
        ],
        render_kw={"autocomplete": autocomplete, "maxlength": most},
    )


def prose(label: Any, *, most: int, description: Any = "") -> TextAreaField:
    """Return a text of several lines and up to `most` characters; it may be empty."""
    return TextAreaField(
        label,
        description=description,
        filters=[_strip],
        validators=[Length(max=most, message=_("Use at most %(max)d characters.")), clean_text],
        render_kw={"maxlength": most},
    )


def secret(
    label: Any, *, required: Any, description: Any = "", autocomplete: str = "current-password"
) -> PasswordField:
    """Return a password field. Up to 1,000 characters are taken; the hash does not care."""
    return PasswordField(
        label,
        description=description,
        validators=[
            InputRequired(message=required),
            Length(max=1000, message=_("Use at most %(max)d characters.")),
        ],
        render_kw={"autocomplete": autocomplete},
    )


def _strip(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _one_line(_form: Any, field: Any) -> None:
    if any(letter in (field.data or "") for letter in "\r\n"):
        raise ValidationError(gettext("Write this on one line."))
