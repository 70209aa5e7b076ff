"""What makes the site an app on a home screen: its manifest, its service worker, and the page without a network.

The worker keeps the shell (styles, scripts, fonts) and the offline page, and no page besides: what one person read can
not be read by the next one who uses the computer.
"""

import json
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, url_for
from flask_babel import gettext as _

from nok.web.access import public
from nok.web.assets import asset

blueprint = Blueprint("installed", __name__)

SHELL = ("main.css", "offline.js", "sans.woff2", "display.woff2", "serif.woff2", "favicon.svg")
ICONS = (
    ("icon-192.png", "192x192", "any"),
    ("icon-512.png", "512x512", "any"),
    ("icon-maskable-512.png", "512x512", "maskable"),
)
GROUND, BRAND = "#fbfaf6", "#155d4b"  # --bg and --brand of static/css/tokens.css, in light


@blueprint.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """How the installed app is called and looks."""
    shortcuts = (
        (_("My learning"), "home.learn"),
        (_("Courses"), "catalog.courses"),
        (_("Notifications"), "notifications.index"),
    )
    words = {
        "id": "/",
        "name": _("Net of Knowledge"),
        "short_name": _("Net of Knowledge"),
        "description": _("Courses and articles for licensed acupuncturists."),
        "lang": "en",
        "dir": "auto",
        "start_url": url_for("home.learn"),
        "scope": "/",
        "display": "standalone",
        "background_color": GROUND,
        "theme_color": BRAND,
        "icons": [
            {"src": asset(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes, purpose in ICONS
        ],
        "shortcuts": [{"name": name, "url": url_for(endpoint)} for name, endpoint in shortcuts],
    }
    return Response(json.dumps(words, ensure_ascii=False), mimetype="application/manifest+json")


@blueprint.get("/service-worker.js")
@public
def service_worker() -> Response:
    """The worker, told what the shell of this build is: a new build changes its text, and browsers take it anew."""
    shell = {"offline": url_for(".offline"), "files": [asset(name) for name in SHELL]}
    folder = Path(current_app.static_folder or "")
    worker = (folder / Path(asset("service-worker.js")).relative_to(current_app.static_url_path or "/")).read_text(
        "utf-8"
    )
    words = f"const SHELL = {json.dumps(shell)};\n{worker}"
    return Response(words, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@blueprint.get("/offline")
@public
def offline() -> str:
    """What stands there when the network is gone. It is kept by browsers, so it knows nobody."""
    return render_template("installed/offline.html")
