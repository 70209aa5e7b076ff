"""Smaller answers: pages are compressed as they are written, built files were when they were built.

A page with a form's token may be compressed: the token's signature is another each second, so that guessing it letter
by letter from the sizes of pages (BREACH) leads nowhere, and the session's cookie does not travel with requests that
other sites make inside their pages.
"""

import re
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask
from flask_compress import Compress
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from nok.web.assets import FOREVER

_HASHED = re.compile(r"-[0-9A-Z]{8}\.")  # names that change with their content


def init(app: Flask) -> None:
    """Compress what is worth it for whoever can read it; streams are left alone."""
    app.config.update(COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_STREAMS=False)
    Compress(app)
    build = Path(app.static_folder or "") / "build"
    if build.is_dir():  # what is built later is served by Flask, as it is
        prefix = f"{app.static_url_path}/build/"
        app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
            app.wsgi_app, root=str(build), prefix=prefix, allow_all_origins=False, add_headers_function=_headers
        )


def _headers(headers: Headers, _path: str, url: str) -> None:
    headers["Cache-Control"] = FOREVER if _HASHED.search(url) else "no-cache"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
