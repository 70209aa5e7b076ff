"""Change the password and the address, see and end sign-ins."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nok.accounts import queries, rules, service
from nok.accounts.forms import AddressForm, ConfirmAddressForm, PasswordForm
from nok.accounts.views.blueprint import begin_sign_in, blueprint, secret_key
from nok.core.db import db
from nok.core.errors import TooMany
from nok.core.tokens import fingerprint
from nok.web.access import signed_in, viewer
from nok.web.login import end_session, session_token

PLACE = "/account/security"


@blueprint.get(PLACE)
@signed_in
def security() -> str:
    """My address, my password, and where I am signed in."""
    here = fingerprint(session_token() or "")
    sign_ins = [
        (sign_in, *rules.browser_of(sign_in.user_agent), sign_in.token_hash == here)
        for sign_in in queries.open_sign_ins(viewer().id)
    ]
    return render_template("accounts/security.html", email=viewer().email, sign_ins=sign_ins)


@blueprint.route(f"{PLACE}/password", methods=["GET", "POST"])
@signed_in
def change_password() -> str | Response | tuple[str, int]:
    """Change my password; every other browser is signed out."""
    person = viewer()
    form = PasswordForm(person.email)
    if not form.validate_on_submit():
        return render_template("accounts/change_password.html", form=form), 422 if form.is_submitted() else 200
    try:
        changed = service.change_password(person, form.current_password.data, form.new_password.data)
    except TooMany as shut:
        form.form_errors.append(shut.message)
        return render_template("accounts/change_password.html", form=form), 429
    if changed:
        begin_sign_in(person)
    db.session.commit()
    if not changed:
        form.current_password.errors = [_("This is not your present password. Try it again.")]
        return render_template("accounts/change_password.html", form=form), 422
    flash(_("Your password is changed. Every other browser is signed out."), "success")
    return redirect(url_for(".security"), 303)


@blueprint.route(f"{PLACE}/address", methods=["GET", "POST"])
@signed_in
def change_address() -> str | Response | tuple[str, int]:
    """Ask for another address."""
    person = viewer()
    form = AddressForm(person.email)
    if not form.validate_on_submit():
        return render_template("accounts/change_address.html", form=form), 422 if form.is_submitted() else 200
    try:
        asked = service.ask_address(person, form.new_email.data, form.current_password.data)
    except TooMany as shut:
        form.form_errors.append(shut.message)
        return render_template("accounts/change_address.html", form=form), 429
    db.session.commit()
    if not asked:
        form.current_password.errors = [_("This is not your present password. Try it again.")]
        return render_template("accounts/change_address.html", form=form), 422
    message = _("A message with a link is on its way to %(email)s. It works for one day.", email=form.new_email.data)
    flash(message, "info")
    return redirect(url_for(".security"), 303)


@blueprint.route(f"{PLACE}/address/<word:token>", methods=["GET", "POST"])
@signed_in
def confirm_address(token: str) -> str | Response | tuple[str, int]:
    """Make the new address mine, by the mail's link and a press."""
    change = service.address_change_of(secret_key(), token, viewer())
    form = ConfirmAddressForm()
    if not form.validate_on_submit():
        page = render_template("accounts/confirm_address.html", form=form, email=change.new_email)
        return page, 422 if form.is_submitted() else 200
    service.confirm_address(secret_key(), token, viewer())
    db.session.commit()
    flash(_("Your address is %(email)s now. Sign in with it.", email=change.new_email), "success")
    return redirect(url_for(".security"), 303)


@blueprint.post(f"{PLACE}/sign-ins/<int:sign_in_id>/end")
@signed_in
def end_sign_in(sign_in_id: int) -> Response:
    """Sign one of my browsers out."""
    service.end_one_sign_in(viewer(), sign_in_id)
    db.session.commit()
    flash(_("That browser is signed out."), "success")
    return redirect(url_for(".security"), 303)


@blueprint.post(f"{PLACE}/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> Response:
    """Sign every one of my browsers out, this one too."""
    service.end_all_sign_ins(viewer())
    db.session.commit()
    end_session()
    flash(_("You are signed out everywhere."), "success")
    response = redirect(url_for(".login"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
