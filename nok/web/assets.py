"""Built files by their plain names."""

import json
from functools import cache
from pathlib import Path

from flask import Flask, Response, current_app, request

FOREVER = "public, max-age=31536000, immutable"


def init(app: Flask) -> None:
    """Let browsers keep built files forever: their names change with their content."""
    app.after_request(_keep)
    app.jinja_env.globals["asset"] = asset


def asset(name: str) -> str:
    """Return the address of a built file, such as `asset('main.css')`; raise LookupError when it was never built."""
    manifest = _manifest(current_app.static_folder or "")
    try:
        return f"{current_app.static_url_path}/build/{manifest[name]}"
    except KeyError:
        raise LookupError(f"{name} is not in static/build: run `npm run build`.") from None


@cache
def _manifest(static_folder: str) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((Path(static_folder) / "build" / "manifest.json").read_text())
    except FileNotFoundError:
        raise LookupError("The front end is not built: run `make assets`.") from None
    return found


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code in {200, 304}:
        built = request.path.startswith(f"{current_app.static_url_path}/build/")
        response.headers["Cache-Control"] = FOREVER if built else "no-cache"
    return response
