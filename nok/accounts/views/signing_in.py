"""Sign in and out."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nok.accounts import service
from nok.accounts.forms import LoginForm
from nok.accounts.views.blueprint import begin_sign_in, blueprint, network
from nok.core.db import db
from nok.core.errors import TooMany
from nok.web.access import public
from nok.web.login import end_session, safe_next, session_token


@blueprint.route("/account/login", methods=["GET", "POST"])
@public
def login() -> str | Response | tuple[str, int]:
    """Sign in."""
    form = LoginForm()
    if not form.validate_on_submit():
        return render_template("accounts/login.html", form=form), 422 if form.is_submitted() else 200
    try:
        person = service.check_password(form.email.data, form.password.data, network())
    except TooMany as shut:
        form.form_errors.append(shut.message)
        return render_template("accounts/login.html", form=form), 429
    if person:
        begin_sign_in(person)
    db.session.commit()
    if person is None:
        form.form_errors.append(_("The address or the password is not right. Check both and try again."))
        return render_template("accounts/login.html", form=form), 422
    return redirect(safe_next(url_for("home.learn")), 303)


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
