"""The licenses that I hold."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import to_user_timezone
from werkzeug.wrappers import Response

from nok.accounts import queries as accounts
from nok.accounts import service
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Conflict, Invalid
from nok.credits import queries
from nok.credits.forms import STATES, LicenseForm
from nok.web.access import signed_in, viewer

blueprint = Blueprint("credits", __name__)


@blueprint.get("/licenses")
@signed_in
def licenses() -> str:
    """My licenses, the one that expires first on top."""
    held = queries.licenses_of(viewer().id, to_user_timezone(now()).date())
    return render_template("credits/licenses.html", licenses=held, states=STATES)


@blueprint.route("/licenses/add", methods=["GET", "POST"])
@signed_in
def add_license() -> str | Response | tuple[str, int]:
    """Write down a license."""
    form = LicenseForm()
    if not form.validate_on_submit():
        return render_template("credits/add_license.html", form=form), 422 if form.is_submitted() else 200
    try:
        service.add_license(viewer(), *_written(form))
    except (Conflict, Invalid) as refused:
        form.number.errors = [refused.message]
        return render_template("credits/add_license.html", form=form), refused.status
    db.session.commit()
    flash(_("The license is in your list."), "success")
    return redirect(url_for(".licenses"), 303)


@blueprint.route("/licenses/<int:license_id>", methods=["GET", "POST"])
@signed_in
def change_license(license_id: int) -> str | Response | tuple[str, int]:
    """Write a license of mine down anew."""
    held = accounts.license_of(viewer().id, license_id)
    form = LicenseForm(held)
    if not form.validate_on_submit():
        page = render_template("credits/change_license.html", form=form, license_id=license_id)
        return page, 422 if form.is_submitted() else 200
    try:
        service.change_license(held, *_written(form))
    except Conflict as refused:
        form.number.errors = [refused.message]
        return render_template("credits/change_license.html", form=form, license_id=license_id), refused.status
    db.session.commit()
    flash(_("The license is changed."), "success")
    return redirect(url_for(".licenses"), 303)


@blueprint.post("/licenses/<int:license_id>/remove")
@signed_in
def remove_license(license_id: int) -> Response:
    """Take a license of mine out of the list."""
    service.remove_license(accounts.license_of(viewer().id, license_id))
    db.session.commit()
    flash(_("The license is removed from your list."), "success")
    return redirect(url_for(".licenses"), 303)


def _written(form: LicenseForm) -> tuple[Any, ...]:
    return form.board_code.data, form.number.data, form.state.data, form.expires_on.data
