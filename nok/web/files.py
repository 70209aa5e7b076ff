"""Stored files over HTTP: in ranges, with ETags, and harmless when opened directly."""

import io
import threading
from collections.abc import Iterator

from flask import Response, request, send_file

from nok.core import pictures
from nok.core.storage import Storage
from nok.core.tokens import fingerprint

PICTURE_SECONDS = 3600
_scaling = threading.Lock()  # one at a time: each takes a processor for up to a second, and much memory
# An SVG opened by itself is a document: it gets no scripts, no plug-ins and an origin of its own.
_SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
# A PDF has an origin of its own, too; without scripts the viewers of browsers show nothing.
_DOCUMENT = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-scripts allow-downloads"
)


def send_picture(storage: Storage, key: str, content_type: str, *, private: bool) -> Response:
    """Answer with a picture, or with the smaller copy of it whose width `w` asks for, where there can be one.

    `private` keeps it out of shared caches and asks again each time.
    """
    copy = _smaller(storage, key, content_type, request.args.get("w", 0, int))
    answer = send_stored(storage, *(copy or (key, content_type)))
    answer.headers["Cache-Control"] = "private, no-cache" if private else f"public, max-age={PICTURE_SECONDS}"
    answer.headers["Content-Security-Policy"] = _SANDBOX
    answer.vary.add("Accept")
    return answer


def _smaller(storage: Storage, key: str, content_type: str, width: int) -> tuple[str, str] | None:
    """Return the key and type of a smaller copy, made when it is first asked for; None where there is none.

    That there can be none is remembered as an empty copy.
    """
    if width not in pictures.WIDTHS or content_type == "image/svg+xml":
        return None
    asked = {kind for kind, _quality in request.accept_mimetypes}
    kind = pictures.AVIF if pictures.AVIF in asked else pictures.WEBP
    copy = f"{key}.{width}.{kind.rpartition('/')[2]}"
    if not storage.has(copy):
        with _scaling:
            if not storage.has(copy):
                storage.put(copy, pictures.scaled(storage.read(key), width, kind) or b"")
    return (copy, kind) if storage.size(copy) else None


def send_document(storage: Storage, key: str, name: str, *, download: bool) -> Response:
    """Answer with a PDF, whole or the range asked for: shown in a frame of our own pages, or to be kept as `name`."""
    answer = send_stored(storage, key, "application/pdf")
    answer.headers["Content-Security-Policy"] = _DOCUMENT
    answer.headers.set("Content-Disposition", "attachment" if download else "inline", filename=name)
    if not download:
        # A viewer in a sandbox would ask for ranges without the cookie and show nothing: it is not told of them.
        answer.headers["Accept-Ranges"] = "none"
    return answer


def send_private_pdf(storage: Storage, key: str, name: str) -> Response:
    """Answer with a whole PDF that only whoever asked may keep, as `name`: it stays in no cache."""
    answer = send_file(io.BytesIO(storage.read(key)), mimetype="application/pdf", download_name=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def send_stored(storage: Storage, key: str, content_type: str) -> Response:
    """Answer with what is stored, whole or the range asked for, never from a cache without asking; raise NotFound."""
    size = storage.size(key)
    answer = Response(_Stored(storage, key, size), mimetype=content_type)
    answer.set_etag(fingerprint(f"{key} {size}"))  # what is stored under a key is not changed, only taken away
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = "inline"  # without the name it has in our storage
    answer.make_conditional(request, accept_ranges=True, complete_length=size)
    return answer


class _Stored:
    """The bytes under a key, as Werkzeug likes to be given a file: it may seek before it reads."""

    def __init__(self, storage: Storage, key: str, size: int) -> None:
        self._storage, self._key, self._size = storage, key, size
        self._at = 0
        self._chunks: Iterator[bytes] | None = None

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int) -> None:
        self._at = offset

    def tell(self) -> int:
        return self._at

    def __iter__(self) -> "_Stored":
        return self

    def __next__(self) -> bytes:
        if self._chunks is None:
            self._chunks = self._storage.stream(self._key, self._at, self._size - self._at)
        chunk = next(self._chunks)
        self._at += len(chunk)
        return chunk
