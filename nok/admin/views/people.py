"""People: find them, give them a role, shut and open their accounts, enroll them."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.accounts import queries as accounts
from nok.accounts import service
from nok.accounts.models import Role
from nok.accounts.policy import is_operator
from nok.admin.forms import ROLE_NAMES, EnrollForm, RoleForm
from nok.admin.queries import overview as first_page
from nok.admin.queries import people as queries
from nok.admin.views.blueprint import asked, blueprint
from nok.core.db import db
from nok.core.errors import Invalid
from nok.enrollments import service as enrollments
from nok.web.access import allowed, viewer
from nok.web.pagination import page_number


@blueprint.get("/admin")
@allowed(is_operator)
def index() -> str:
    """How things stand."""
    return render_template("admin/index.html", numbers=first_page.overview())


@blueprint.get("/admin/people")
@allowed(is_operator)
def people() -> str:
    """Everybody, by name or address."""
    words, role = asked("q"), asked("role")
    return render_template(
        "admin/people.html",
        page=queries.people(words, role, page_number()),
        words=words,
        role=role,
        roles=ROLE_NAMES,
    )


@blueprint.get("/admin/people/<int:number>")
@allowed(is_operator)
def person(number: int) -> str:
    """One person: account, licenses, enrollments, certificates, and what was done to the account."""
    return _page(number)


@blueprint.post("/admin/people/<int:number>/role")
@allowed(is_operator)
def change_role(number: int) -> BaseResponse | tuple[str, int]:
    """Give a person a role."""
    person, form = accounts.person(number), RoleForm()
    if not form.validate():
        return _page(number, role_form=form), Invalid.status
    service.set_role(person.email, Role(form.role.data), actor=viewer())
    db.session.commit()
    flash(_("%(name)s: the role is %(role)s.", name=person.display_name, role=ROLE_NAMES[person.role]), "success")
    return redirect(url_for(".person", number=number), 303)


@blueprint.post("/admin/people/<int:number>/suspend")
@allowed(is_operator)
def suspend(number: int) -> BaseResponse:
    """Shut an account."""
    person = accounts.person(number)
    service.suspend(person, viewer())
    db.session.commit()
    flash(_("%(name)s is suspended and signed out everywhere.", name=person.display_name), "success")
    return redirect(url_for(".person", number=number), 303)


@blueprint.post("/admin/people/<int:number>/restore")
@allowed(is_operator)
def restore(number: int) -> BaseResponse:
    """Open a suspended account again."""
    person = accounts.person(number)
    service.restore(person, viewer())
    db.session.commit()
    flash(_("%(name)s can sign in again.", name=person.display_name), "success")
    return redirect(url_for(".person", number=number), 303)


@blueprint.post("/admin/people/<int:number>/enroll")
@allowed(is_operator)
def enroll(number: int) -> BaseResponse | tuple[str, int]:
    """Enroll a person in a course."""
    shown = queries.person_page(number)
    form = EnrollForm(shown.courses)
    if not form.validate():
        return _page(number, enroll_form=form), Invalid.status
    enrollments.enroll(shown.person, form.course.data, by=viewer())
    db.session.commit()
    flash(_("%(name)s is enrolled.", name=shown.person.display_name), "success")
    return redirect(url_for(".person", number=number), 303)


def _page(number: int, *, role_form: RoleForm | None = None, enroll_form: EnrollForm | None = None) -> str:
    shown = queries.person_page(number, page_number())
    return render_template(
        "admin/person.html",
        shown=shown,
        person=shown.person,
        own=shown.person.id == viewer().id,
        roles=ROLE_NAMES,
        role_form=role_form or RoleForm(formdata=None, role=shown.person.role.value),
        enroll_form=enroll_form or EnrollForm(shown.courses, formdata=None),
    )
