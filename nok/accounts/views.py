"""Register, confirm, sign in, sign out, profile."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nok.accounts import service
from nok.accounts.forms import ConfirmForm, LoginForm, ProfileForm, RegisterForm
from nok.accounts.models import Person
from nok.core import tokens
from nok.core.db import db
from nok.core.errors import Invalid, TooMany
from nok.web.access import public, signed_in, viewer
from nok.web.login import end_session, safe_next, session_token, start_session

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/account/register", methods=["GET", "POST"])
@public
def register() -> str | Response | tuple[str, int]:
    """Ask for an account."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return render_template("accounts/register.html", form=form), 422 if form.is_submitted() else 200
    names = (form.display_name.data, form.license_name.data)
    try:
        service.register(form.email.data, *names, form.password.data, request.remote_addr or "")
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
    registration_id = tokens.read(
        current_app.extensions["nok"].secret_key, "register", token, max_age=service.CONFIRM_SECONDS
    )
    if registration_id is None:
        raise Invalid(_("This link is incomplete or older than a day. Register again to get a new one."))
    form = ConfirmForm()
    if not form.validate_on_submit():
        return render_template("accounts/confirm.html", form=form), 422 if form.is_submitted() else 200
    try:
        person = service.confirm(registration_id, form.password.data, request.remote_addr or "")
    except TooMany as shut:
        form.form_errors.append(shut.message)
        return render_template("accounts/confirm.html", form=form), 429
    answer = _signed_in(person) if person else None
    db.session.commit()
    if answer is None:
        form.form_errors.append(_("This is not the password you chose when you registered. Try it again."))
        return render_template("accounts/confirm.html", form=form), 422
    flash(_("Your address is confirmed, and you are signed in."), "success")
    return answer


@blueprint.route("/account/login", methods=["GET", "POST"])
@public
def login() -> str | Response | tuple[str, int]:
    """Sign in."""
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("accounts/login.html", form=form), 422 if form.is_submitted() else 200
    try:
        person = service.check_password(form.email.data, form.password.data, request.remote_addr or "")
    except TooMany as shut:
        form.form_errors.append(shut.message)
        return render_template("accounts/login.html", form=form), 429
    answer = _signed_in(person) if person else None
    db.session.commit()
    if answer is None:
        form.form_errors.append(_("The address or the password is not right. Check both and try again."))
        return render_template("accounts/login.html", form=form), 422
    return answer


@blueprint.post("/account/logout")
@public
def logout() -> Response:
    """End this browser's sign-in; also when it had ended already."""
    token = session_token()
    if token:
        service.end_sign_in(token)
        db.session.commit()
    end_session()
    response = redirect(url_for("home.index"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@blueprint.route("/account/profile", methods=["GET", "POST"])
@signed_in
def profile() -> str | Response | tuple[str, int]:
    """Change how I am called."""
    person = viewer()
    form = ProfileForm(obj=person)
    if not form.validate_on_submit():
        return render_template(
            "accounts/profile.html", form=form, email=person.email
        ), 422 if form.is_submitted() else 200
    service.change_profile(person, form.display_name.data, form.license_name.data, form.time_zone.data)
    db.session.commit()
    flash(_("Your profile is saved."), "success")
    return redirect(url_for(".profile"), 303)


def _signed_in(person: Person) -> Response:
    """Begin a sign-in in this browser, in place of the one it may have, and go on."""
    old = session_token()
    if old:
        service.end_sign_in(old)
    start_session(service.start_sign_in(person, request.user_agent.string))
    return redirect(safe_next(url_for("home.learn")), 303)
