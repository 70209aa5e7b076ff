"""My certificates, and anyone's check of one."""

import io

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from nok.certificates import queries
from nok.certificates.forms import VerifyForm
from nok.core.clock import now
from nok.core.ids import read_serial
from nok.core.storage import open_storage
from nok.web.access import public, signed_in, viewer

blueprint = Blueprint("certificates", __name__)


@blueprint.get("/certificates")
@signed_in
def index() -> str:
    """My certificates, and the courses whose certificate is being made."""
    person = viewer()
    return render_template(
        "certificates/index.html",
        certificates=queries.all_of_holder(person.id),
        waiting=queries.waiting_titles(person.id),
    )


@blueprint.get("/certificates/<word:serial>.pdf")
@signed_in
def pdf(serial: str) -> Response:
    """My certificate as the signed PDF."""
    certificate = queries.of_holder(viewer().id, read_serial(serial) or "")
    content = open_storage(current_app.extensions["nok"]).read(certificate.pdf_key)
    answer = send_file(io.BytesIO(content), mimetype="application/pdf", download_name=f"{certificate.serial}.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@blueprint.get("/verify")
@public
def verify_form() -> tuple[str, int] | BaseResponse:
    """Ask for a serial."""
    form = VerifyForm(request.args)
    asked = "serial" in request.args
    if not asked or not form.validate():
        page = render_template(
            "certificates/verify.html", form=form, serial="", result=None, not_valid=False, checked_at=now()
        )
        return page, 422 if asked else 200
    serial = read_serial(form.serial.data)
    if serial is None:  # it cannot be one; said here, since not every text can stand in an address
        return _verdict(form.serial.data)
    return redirect(url_for(".verify", serial=serial), 303)


@blueprint.get("/verify/<word:serial>")
@public
def verify(serial: str) -> tuple[str, int]:
    """Say what the certificate with this serial shows, or that the serial is not valid."""
    return _verdict(serial)


@blueprint.get("/verify/<word:serial>.json")
@public
def verify_json(serial: str) -> tuple[Response, int]:
    """The same for programs."""
    result = queries.public(serial)
    if result is None:
        return jsonify(serial=serial, status="not valid", checked_at=now().isoformat()), 404
    shown = {
        "serial": result.serial,
        "status": result.status,
        "holder_name": result.holder_name,
        "course_title": result.course_title,
        "statement": result.statement,
        "completed_on": result.completed_on.isoformat(),
        "issued_on": result.issued_on.isoformat(),
        "delivery": result.delivery,
        "hours": [
            {
                "board": line.board_name,
                "approval": line.number,
                "category": line.category,
                "hours": str(line.hours),
            }
            for line in result.hours
        ],
        "teacher_name": result.teacher_name,
        "provider_name": result.provider_name,
        "scope_notice": result.scope_notice,
        "pdf_sha256": result.pdf_sha256,
        "revoked_at": result.revoked_at.isoformat() if result.revoked_at else None,
        "revoked_reason": result.revoked_reason or None,
        "checked_at": now().isoformat(),
    }
    return jsonify(shown), 200


def _verdict(serial: str) -> tuple[str, int]:
    result = queries.public(serial)
    page = render_template(
        "certificates/verify.html",
        form=VerifyForm(formdata=None, data={"serial": serial}),
        serial=serial,
        result=result,
        not_valid=result is None,
        checked_at=now(),
    )
    return page, 200 if result else 404
