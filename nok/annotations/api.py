"""Annotations for programs, the page's own script among them: the W3C Web Annotation Protocol.

See https://www.w3.org/TR/annotation-protocol/ . The container holds the annotations of whoever is signed in, and nobody
else's; what belongs to another person is not there.
"""

from typing import Any

from flask import Blueprint, Response, current_app, json, make_response, request, url_for
from werkzeug.exceptions import PreconditionFailed, PreconditionRequired
from werkzeug.http import quote_etag

from nok.annotations import queries, service
from nok.annotations.forms import received
from nok.annotations.models import Annotation
from nok.annotations.queries import Wanted, note_in_words
from nok.core.db import db
from nok.core.ids import is_uuid
from nok.core.tokens import fingerprint
from nok.formats import openapi, web_annotation
from nok.formats.web_annotation import CONTEXT, MEDIA_TYPE
from nok.web.access import json_body, public, signed_in, viewer
from nok.web.pagination import page_number

blueprint = Blueprint("annotations_api", __name__)

LDP, OA = "http://www.w3.org/ns/ldp#", "http://www.w3.org/ns/oa#"
PROTOCOL = "http://www.w3.org/TR/annotation-protocol/"
CONTAINER, ONE = "GET, HEAD, OPTIONS, POST", "GET, HEAD, OPTIONS, PUT, DELETE"
MINIMAL = "PreferMinimalContainer"


@blueprint.get("/api/v1/openapi.json")
@public
def description() -> dict[str, Any]:
    """What programs can ask for, in the words of OpenAPI."""
    settings = current_app.extensions["nok"]
    return openapi.described(settings.provider_name, settings.base_url, current_app.config["SESSION_COOKIE_NAME"])


@blueprint.get("/api/v1/annotations/")
@signed_in
def container() -> Response:
    """Everything of mine: the first page inside, or only its address, as `Prefer` asks."""
    asked = request.args.get("page")
    page = queries.notes(viewer().id, Wanted(), page_number())
    if asked is not None:
        return _answer({"@context": CONTEXT, **_page(page.number, page.pages, page.items)}, CONTAINER)
    label = {"@context": [CONTEXT, "http://www.w3.org/ns/ldp.jsonld"], "id": _address(), "total": page.total}
    first: Any = _address(page=1)
    if MINIMAL not in request.headers.get("Prefer", ""):
        first = _page(1, page.pages, page.items)
    kinds = ["BasicContainer", "AnnotationCollection"]
    answer = _answer({**label, "type": kinds, "first": first, "last": _address(page=page.pages)}, CONTAINER)
    answer.headers["Link"] = f'<{LDP}BasicContainer>; rel="type", <{PROTOCOL}>; rel="{LDP}constrainedBy"'
    answer.headers["Accept-Post"] = MEDIA_TYPE
    answer.headers["Vary"] = "Accept, Prefer, Cookie"
    return answer


@blueprint.post("/api/v1/annotations/")
@signed_in
def make() -> Response:
    """Add one; its address is in `Location`. A UUID as `Slug` names it, so that it can be sent again without harm."""
    marked, color, note = received(json_body(), _base_url())
    wished = request.headers.get("Slug", "")
    made = service.make(viewer().id, marked, color, note, wished if is_uuid(wished) else "")
    db.session.commit()
    answer = _one(made, 201)
    answer.headers["Location"] = url_for(".one", annotation_id=made.id)
    return answer


@blueprint.get("/api/v1/annotations/<slug:annotation_id>")
@signed_in
def one(annotation_id: str) -> Response:
    """One of mine, as it was made."""
    return _one(queries.living(viewer().id, annotation_id))


@blueprint.put("/api/v1/annotations/<slug:annotation_id>")
@signed_in
def change(annotation_id: str) -> Response:
    """Change the note and the color; the passage stays the one that it was made on."""
    made = _meant(annotation_id)
    _marked, color, note = received(json_body(), _base_url())
    service.change(made, color, note)
    db.session.commit()
    return _one(made)


@blueprint.delete("/api/v1/annotations/<slug:annotation_id>")
@signed_in
def remove(annotation_id: str) -> Response:
    """Delete one; My Notes can undo it."""
    service.remove(_meant(annotation_id))
    db.session.commit()
    answer = Response(status=204)
    del answer.headers["Content-Type"]
    return _with_rules(answer, ONE)


def _meant(annotation_id: str) -> Annotation:
    """Return the annotation whose version the request names; raise 428 where it names none, 412 for another one."""
    made = queries.living(viewer().id, annotation_id, to_change=True)
    if not request.if_match:
        raise PreconditionRequired
    if not request.if_match.contains(_version(made)):
        raise PreconditionFailed
    return made


def _version(made: Annotation) -> str:
    return str(made.version)


def _one(made: Annotation, status: int = 200) -> Response:
    answer = _answer(web_annotation.written(note_in_words(queries.note(made), _base_url())), ONE, status)
    answer.headers["ETag"] = quote_etag(_version(made))
    answer.headers["Link"] = f'<{LDP}Resource>; rel="type", <{OA}Annotation>; rel="type"'
    answer.headers["Vary"] = "Accept, Cookie"
    return make_response(answer.make_conditional(request)) if status == 200 else answer  # noqa: PLR2004


def _page(number: int, pages: int, items: Any) -> dict[str, Any]:
    neighbors = {"prev": number - 1, "next": number + 1}
    return {
        "id": _address(page=number),
        "type": "AnnotationPage",
        "partOf": _address(),
        "startIndex": (number - 1) * queries.PAGE_SIZE,
        **{name: _address(page=other) for name, other in neighbors.items() if 1 <= other <= pages},
        "items": [web_annotation.written(note_in_words(note, _base_url()), alone=False) for note in items],
    }


def _answer(value: dict[str, Any], allow: str, status: int = 200) -> Response:
    answer = Response(json.dumps(value, ensure_ascii=False), status, content_type=MEDIA_TYPE)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(fingerprint(answer.get_data(as_text=True)))
    return _with_rules(answer, allow)


def _with_rules(answer: Response, allow: str) -> Response:
    answer.headers["Allow"] = allow
    return answer


def _address(**values: Any) -> str:
    return _base_url() + url_for("annotations_api.container", **values)


def _base_url() -> str:
    return str(current_app.extensions["nok"].base_url)
