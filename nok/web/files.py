"""Stored files over HTTP: in ranges, with ETags, and harmless when opened directly."""

from pathlib import Path

from flask import Response, send_file

PICTURE_SECONDS = 3600
# An SVG opened by itself is a document: it gets no scripts, no plug-ins and an origin of its own.
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def send_picture(path: Path, content_type: str, digest: str, *, private: bool) -> Response:
    """Answer with a picture; `private` keeps it out of shared caches and asks again each time."""
    answer = send_file(path, mimetype=content_type, conditional=True, etag=digest)
    answer.headers["Content-Disposition"] = "inline"  # without the name it has in our storage
    answer.headers["Cache-Control"] = "private, no-cache" if private else f"public, max-age={PICTURE_SECONDS}"
    answer.headers["Content-Security-Policy"] = _SANDBOX
    return answer


def send_media(path: Path, content_type: str) -> Response:
    """Answer with a file of a video, whole or the range asked for; never from a cache without asking."""
    answer = send_file(path, mimetype=content_type, conditional=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
