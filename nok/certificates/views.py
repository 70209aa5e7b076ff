"""My certificates, and anyone's check of one."""

from dataclasses import asdict

from flask import (
    Blueprint,
    Response,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from nok.certificates import queries
from nok.certificates.forms import VerifyForm
from nok.core.clock import now
from nok.core.ids import read_serial
from nok.core.storage import open_storage
from nok.formats.certificate_facts import to_plain
from nok.web.access import public, signed_in, viewer
from nok.web.files import send_private_pdf

blueprint = Blueprint("certificates", __name__)


@blueprint.get("/certificates")
@signed_in
def index() -> str:
    """My certificates, the hours they add up to, and the courses whose certificate is still to come."""
    person = viewer()
    return render_template(
        "certificates/index.html",
        name_confirmed=person.license_name_confirmed_at is not None,
        **vars(queries.holder_page(person)),
    )


@blueprint.get("/certificates/<word:serial>.pdf")
@signed_in
def pdf(serial: str) -> Response:
    """My certificate as the signed PDF."""
    certificate = queries.of_holder(viewer().id, read_serial(serial) or "")
    storage = open_storage(current_app.extensions["nok"])
    return send_private_pdf(storage, certificate.pdf_key, f"{certificate.serial}.pdf")


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
    """The same for programs; a number that is no certificate's is told as quickly."""
    result = queries.public(serial)
    if result is None:
        return jsonify(serial=serial, status="not found", checked_at=now().isoformat()), 404
    credit = [
        {
            "board": line.board_name,
            "provider_number": line.provider_number or None,
            "approval": line.number,
            "valid_from": line.valid_from,
            "valid_until": line.valid_until,
            "category": line.category,
            "delivery": line.delivery or result.delivery,
            "hours": line.hours,
        }
        for line in result.hours
    ]
    shown = asdict(result) | {"hours": credit, "revoked_reason": result.revoked_reason or None, "checked_at": now()}
    return jsonify(to_plain(shown)), 200


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
