"""A forgotten password."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nok.accounts import service
from nok.accounts.forms import ForgotForm, ResetForm
from nok.accounts.views.blueprint import blueprint, network, secret_key
from nok.core.db import db
from nok.core.errors import TooMany
from nok.web.access import public


@blueprint.route("/account/forgot", methods=["GET", "POST"])
@public
def forgot() -> str | Response | tuple[str, int]:
    """Ask for a link that sets another password."""
    form = ForgotForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgot.html", form=form), 422 if form.is_submitted() else 200
    try:
        service.ask_reset(form.email.data, network())
    except TooMany as shut:
        form.form_errors.append(shut.message)
        return render_template("accounts/forgot.html", form=form), 429
    db.session.commit()
    return redirect(url_for(".forgot_sent"), 303)


@blueprint.get("/account/forgot/sent")
@public
def forgot_sent() -> str:
    """Say that the mail is on its way."""
    return render_template("accounts/forgot_sent.html")


@blueprint.route("/account/reset/<word:token>", methods=["GET", "POST"])
@public
def reset(token: str) -> str | Response | tuple[str, int]:
    """Set another password by the mail's link; a dead link offers the way to a new one."""
    person = service.person_of_reset(secret_key(), token)
    form = ResetForm(person.email if person else "")
    if person is not None and not form.validate_on_submit():
        return render_template("accounts/reset.html", form=form), 422 if form.is_submitted() else 200
    if form.is_submitted():
        done = service.reset_password(secret_key(), token, form.password.data or "", network())
        db.session.commit()
        if done:
            flash(_("Your new password is set, and you are signed out everywhere. Sign in with it."), "success")
            return redirect(url_for(".login"), 303)
    return render_template("accounts/reset.html", form=None), 422
