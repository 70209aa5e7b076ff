"""How I am called, and the name that certificates carry."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from nok.accounts import service
from nok.accounts.forms import LicenseNameForm, ProfileForm
from nok.accounts.views.blueprint import blueprint
from nok.core.db import db
from nok.web.access import signed_in, viewer
from nok.web.login import safe_next


@blueprint.route("/account/profile", methods=["GET", "POST"])
@signed_in
def profile() -> str | Response | tuple[str, int]:
    """Change how I am called, my clock and my language."""
    person = viewer()
    form = ProfileForm(person)
    if not form.validate_on_submit():
        page = render_template("accounts/profile.html", form=form, person=person)
        return page, 422 if form.is_submitted() else 200
    names = (form.display_name.data, form.license_name.data)
    settings = (form.time_zone.data, form.language.data)
    service.change_profile(person, *names, *settings, name_is_right=form.name_is_right.data)
    db.session.commit()
    flash(_("Your profile is saved."), "success")
    return redirect(url_for(".profile"), 303)


@blueprint.route("/account/license-name", methods=["GET", "POST"])
@signed_in
def license_name() -> str | Response | tuple[str, int]:
    """Confirm, or correct, the name that stands on my certificates."""
    person = viewer()
    form = LicenseNameForm(obj=person)
    if not form.validate_on_submit():
        page = render_template("accounts/license_name.html", form=form, person=person)
        return page, 422 if form.is_submitted() else 200
    service.confirm_license_name(person, form.license_name.data)
    db.session.commit()
    flash(_("Your certificates will carry the name %(name)s.", name=form.license_name.data), "success")
    return redirect(safe_next(url_for("certificates.index")), 303)
