"""A form that came with a token of another session, or after the sign-in had ended: what was typed is not lost.

The page gives the fields back, with a token of today. Only a form of our own page is given back: another site must not
put words into someone's mouth and have them press a button of ours.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request, url_for
from flask_login import current_user

STATUS = 400
_SECRET = "password"  # noqa: S105  what the names of fields contain that are never given back


@dataclass(frozen=True)
class Field:
    """A field as it was sent; a secret one is to be typed anew."""

    name: str
    value: str
    secret: bool


def again(*, public: bool) -> Response | None:
    """Return the page that gives the form back, or None when it holds nothing or may be another site's.

    `public` is whether the form may be sent by who is not signed in.
    """
    fields = [
        Field(name, "" if _SECRET in name else value, _SECRET in name)
        for name, value in request.form.items(multi=True)
        if name != "csrf_token"
    ]
    if request.method != "POST" or not any(field.value.strip() or field.secret for field in fields) or not _our_own():
        return None
    page = render_template(
        "errors/again.html",
        fields=fields,
        action=request.full_path.rstrip("?"),
        must_sign_in=not public and not current_user.is_authenticated,
        sign_in_url=url_for("accounts.login", next=_back()),
    )
    response = make_response(page, STATUS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _our_own() -> bool:
    """Whether the browser says that the form stood on a page of ours; one that says nothing may be lying."""
    origin = request.headers.get("Origin", "")
    return origin == request.host_url.rstrip("/") and request.headers.get("Sec-Fetch-Site") in {None, "same-origin"}


def _back() -> str | None:
    return urlsplit(request.referrer or "").path or None
