"""Every endpoint says who may use it, with one of these marks; a test refuses an endpoint without one."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import abort, redirect, request, url_for
from flask_babel import lazy_gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from nok.core.errors import Forbidden
from nok.web.again import again
from nok.web.login import session_token

View = TypeVar("View", bound=Callable[..., Any])
Policy = Callable[[Any], bool]


def public(view: View) -> View:
    """Anyone may."""
    view.__access__ = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Whoever is signed in may; what exactly they see is for the queries, which take the viewer."""
    return _guarded(view, "signed_in", None)


def signed_in_as_found(view: View) -> View:
    """Whoever is signed in may, as the view's own statement asks; where it finds nobody, it calls `must_be_signed_in`.

    For what is asked very often: who is there and what they may is then one statement. Whose cookie holds no sign-in at
    all is answered 401 before, without the database.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not session_token():
            abort(401)
        return view(*args, **kwargs)

    guarded.__access__ = "signed_in_as_found"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def must_be_signed_in() -> Any:
    """Return the signed-in person; answer 401 to anyone else."""
    if not current_user.is_authenticated:
        abort(401)
    return viewer()


def guests_if(opened: Callable[..., bool]) -> Callable[[View], View]:
    """Guests may where `opened(**address)` holds, and whoever is signed in; other guests are asked to sign in."""

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(**address: Any) -> Any:
            if not current_user.is_authenticated and not opened(**address):
                return _ask_to_sign_in()
            return view(**address)

        guarded.__access__ = f"guests_if:{opened.__name__}"  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return mark


def allowed(policy: Policy) -> Callable[[View], View]:
    """Whoever is signed in and for whom `policy(person)` holds may."""

    def mark(view: View) -> View:
        return _guarded(view, f"allowed:{policy.__name__}", policy)

    return mark


def access_of(view: Callable[..., Any]) -> str | None:
    """Return the mark of a view function, or None."""
    return getattr(view, "__access__", None)


def viewer() -> Any:
    """Return the signed-in person. Only behind `signed_in` or `allowed`, or after `must_be_signed_in`."""
    return current_user._get_current_object()  # noqa: SLF001  Flask-Login's own way to the object


def viewer_or_none() -> Any | None:
    """Return the signed-in person, or None."""
    return viewer() if current_user.is_authenticated else None


def wants_json() -> bool:
    """Whether the request is a program's: it gets JSON errors and no redirects to forms."""
    return request.path.startswith("/api/") or request.path.endswith(".json")


def json_body() -> Any:
    """Return the request's JSON, or None when there is none that can be read (also when it nests too deep)."""
    try:
        return request.get_json(silent=True)
    except RecursionError:
        return None


def _guarded(view: View, mark: str, policy: Policy | None) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        if policy is not None and not policy(viewer()):
            raise Forbidden(_("This page is for other roles. Sign out, then sign in with the account it belongs to."))
        return view(*args, **kwargs)

    guarded.__access__ = mark  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def _ask_to_sign_in() -> Response:
    if wants_json() or request.accept_mimetypes.best == "text/event-stream":
        abort(401)
    given_back = again(public=False)
    if given_back is not None:
        return given_back
    # A POST cannot be repeated by a redirect: go back to the page whose button was pressed.
    back = request.full_path.rstrip("?") if request.method == "GET" else urlsplit(request.referrer or "").path or None
    return redirect(url_for("accounts.login", next=back), 303)
