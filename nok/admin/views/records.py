"""Courses, enrollments and certificates."""

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from nok.accounts.policy import is_operator
from nok.admin.forms import RevokeForm
from nok.admin.queries import records as queries
from nok.admin.views.blueprint import asked, blueprint
from nok.certificates import service as certificate_service
from nok.certificates.models import Certificate
from nok.core.db import db
from nok.core.errors import Invalid
from nok.core.storage import open_storage
from nok.web.access import allowed, viewer
from nok.web.files import send_private_pdf
from nok.web.pagination import page_number


@blueprint.get("/admin/courses")
@allowed(is_operator)
def courses() -> str:
    """Every published course."""
    words = asked("q")
    return render_template("admin/courses.html", page=queries.courses(words, page_number()), words=words)


@blueprint.get("/admin/enrollments")
@allowed(is_operator)
def enrollments() -> str:
    """Every enrollment, the latest first."""
    words = asked("q")
    return render_template("admin/enrollments.html", page=queries.enrollment_list(words, page_number()), words=words)


@blueprint.get("/admin/certificates")
@allowed(is_operator)
def certificates() -> str:
    """Every certificate, the latest first."""
    words = asked("q")
    return render_template("admin/certificates.html", page=queries.certificates(words, page_number()), words=words)


@blueprint.get("/admin/certificates/<word:serial>")
@allowed(is_operator)
def certificate(serial: str) -> str:
    """One certificate, and the form that revokes it."""
    return _page(queries.certificate(serial), RevokeForm(formdata=None))


@blueprint.post("/admin/certificates/<word:serial>")
@allowed(is_operator)
def revoke(serial: str) -> BaseResponse | tuple[str, int]:
    """Revoke a certificate, with a reason that everybody may read."""
    found, form = queries.certificate(serial), RevokeForm()
    if not form.validate():
        return _page(found, form), Invalid.status
    certificate_service.revoke(found, form.reason.data or "", viewer())
    db.session.commit()
    flash(_("The certificate is revoked. Its holder is told."), "success")
    return redirect(url_for(".certificate", serial=found.serial), 303)


@blueprint.get("/admin/certificates/<word:serial>.pdf")
@allowed(is_operator)
def certificate_pdf(serial: str) -> Response:
    """A certificate as the signed PDF: an auditor may ask the provider for it."""
    found = queries.certificate(serial)
    storage = open_storage(current_app.extensions["nok"])
    return send_private_pdf(storage, found.pdf_key, f"{found.serial}.pdf")


def _page(certificate: Certificate, form: RevokeForm) -> str:
    return render_template("admin/certificate.html", certificate=certificate, facts=certificate.facts, form=form)
