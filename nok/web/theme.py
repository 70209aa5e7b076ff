"""Light or dark, as the reader chose: a cookie, so that the server writes it into the page and nothing flashes."""

from flask import Flask, Response, request

COOKIE = "theme"
THEMES = ("light", "dark")
SYSTEM = "system"
YEAR_SECONDS = 365 * 24 * 3600


def init(app: Flask) -> None:
    """Let templates ask for the theme."""
    app.jinja_env.globals["theme"] = theme


def theme() -> str:
    """Return `light` or `dark` when the reader chose one; "" leaves it to their system."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else ""


def keep_theme(response: Response, chosen: str, *, secure: bool) -> Response:
    """Remember the choice for a year. Scripts may read and write it: it is no secret."""
    if chosen in THEMES:
        response.set_cookie(COOKIE, chosen, max_age=YEAR_SECONDS, secure=secure, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, secure=secure, samesite="Lax")
    return response
