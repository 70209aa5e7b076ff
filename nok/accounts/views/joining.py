"""Register, and confirm the address."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nok.accounts import service
from nok.accounts.forms import ConfirmForm, RegisterForm
from nok.accounts.views.blueprint import begin_sign_in, blueprint, network, secret_key
from nok.core import tokens
from nok.core.db import db
from nok.core.errors import Conflict, Invalid, TooMany
from nok.web.access import public
from nok.web.login import safe_next


@blueprint.route("/account/register", methods=["GET", "POST"])
@public
def register() -> str | Response | tuple[str, int]:
    """Ask for an account."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return render_template("accounts/register.html", form=form), 422 if form.is_submitted() else 200
    names = (form.display_name.data, form.license_name.data)
    try:
        service.register(form.email.data, *names, form.password.data, network())
    except TooMany as shut:
        form.form_errors.append(shut.message)
        return render_template("accounts/register.html", form=form), 429
    db.session.commit()
    return redirect(url_for(".register_sent"), 303)


@blueprint.get("/account/register/sent")
@public
def register_sent() -> str:
    """Say that the mail is on its way."""
    return render_template("accounts/register_sent.html")


@blueprint.route("/account/confirm/<word:token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> str | Response | tuple[str, int]:
    """Open the account that the mail's link stands for, for who knows its password, and sign in."""
    registration_id = tokens.read(secret_key(), "register", token, max_age=service.CONFIRM_SECONDS)
    if registration_id is None:
        raise Invalid(_("This link is incomplete or older than a day. Register again to get a new one."))
    form = ConfirmForm()
    if not form.validate_on_submit():
        return render_template("accounts/confirm.html", form=form), 422 if form.is_submitted() else 200
    try:
        person = service.confirm(registration_id, form.password.data, network(), form.time_zone.data)
    except TooMany as shut:
        form.form_errors.append(shut.message)
        return render_template("accounts/confirm.html", form=form), 429
    except (Conflict, Invalid) as used:  # Invalid: in this moment, by another request
        flash(used.message, "info")
        return redirect(url_for(".login"), 303)
    if person:
        begin_sign_in(person)
    db.session.commit()
    if person is None:
        form.form_errors.append(_("This is not the password you chose when you registered. Try it again."))
        return render_template("accounts/confirm.html", form=form), 422
    flash(_("Your address is confirmed, and you are signed in."), "success")
    return redirect(safe_next(url_for("home.learn")), 303)
