"""The API in the words of OpenAPI 3.1, for programs and for those who write them.

See https://spec.openapis.org/oas/v3.1.0 . Annotations follow
https://www.w3.org/TR/annotation-protocol/ .
"""

from typing import Any

from nok.formats.web_annotation import MEDIA_TYPE

_ANNOTATION = {"$ref": "#/components/schemas/Annotation"}
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_VERSION = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the version that is meant. Without it the answer is 428, with another one 412.",
    "schema": {"type": "string"},
}
_SLUG = {
    "name": "Slug",
    "in": "header",
    "description": "A UUID that shall name the annotation. Sent twice under one name it is made once.",
    "schema": {"type": "string", "format": "uuid"},
}
_PAGE = {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}}
_PREFER = {
    "name": "Prefer",
    "in": "header",
    "description": 'With include="http://www.w3.org/ns/ldp#PreferMinimalContainer" the first page is only named.',
    "schema": {"type": "string"},
}


def described(title: str, base_url: str, cookie: str) -> dict[str, Any]:
    """Return the description of the API of a site, whose sign-in is in a cookie of that name."""
    about = "Highlights and notes of whoever is signed in, as W3C Web Annotations."
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1", "description": about},
        "servers": [{"url": base_url}],
        "security": [{"session": [], "token": []}],
        "paths": {
            "/api/v1/annotations/": {"get": _container(), "post": _make()},
            "/api/v1/annotations/{id}": {"parameters": [_ID], "get": _get(), "put": _put(), "delete": _delete()},
        },
        "components": {
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": cookie},
                "token": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "X-CSRFToken",
                    "description": "For what changes anything: the token of the session, as each page carries it.",
                },
            },
            "schemas": {"Annotation": _annotation(), "Error": _error()},
        },
    }


def _get() -> dict[str, Any]:
    return _operation("One of mine, as it was made", {"200": _one("The annotation"), **_refused(404)})


def _put() -> dict[str, Any]:
    answers = {"200": _one("As it is now"), **_refused(404, 412, 422, 428)}
    return _operation("Change its note and color; the passage stays", answers, parameters=[_VERSION], body=True)


def _delete() -> dict[str, Any]:
    answers = {"204": {"description": "It is deleted."}, **_refused(404, 412, 428)}
    return _operation("Delete it; My Notes can undo that", answers, parameters=[_VERSION])


def _container() -> dict[str, Any]:
    told = {"description": "An AnnotationCollection, or with `page` one AnnotationPage of it", "content": _content({})}
    return _operation("Everything of mine, the latest first", {"200": told}, parameters=[_PAGE, _PREFER])


def _make() -> dict[str, Any]:
    made = _one("It is made, or was made before; its address is in Location")
    return _operation("Add one", {"201": made, **_refused(404, 409, 422)}, parameters=[_SLUG], body=True)


def _operation(
    summary: str, answers: dict[str, Any], *, parameters: list[dict[str, Any]] | None = None, body: bool = False
) -> dict[str, Any]:
    more = {"requestBody": {"required": True, "content": _content(_ANNOTATION)}} if body else {}
    return {"summary": summary, "parameters": parameters or [], "responses": answers | _refused(401), **more}


def _one(told: str) -> dict[str, Any]:
    etag = {"description": "The version", "schema": {"type": "string"}}
    return {"description": told, "headers": {"ETag": etag}, "content": _content(_ANNOTATION)}


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {MEDIA_TYPE: {"schema": schema}}


def _refused(*statuses: int) -> dict[str, Any]:
    why = {
        401: "Nobody is signed in.",
        404: "There is no such text or annotation, or it is not open to the person.",
        409: "There are too many notes on this text.",
        412: "It was changed meanwhile.",
        422: "A part cannot be read, or the passage is not in the text.",
        428: "Say by If-Match which version is meant.",
    }
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {str(status): {"description": why[status], "content": error} for status in statuses}


def _annotation() -> dict[str, Any]:
    kinds = ["TextPositionSelector", "TextQuoteSelector", "FragmentSelector"]
    selector = {"type": "object", "required": ["type"], "properties": {"type": {"enum": kinds}}}
    target = {
        "type": "object",
        "required": ["source"],
        "properties": {
            "source": {"type": "string", "description": "The address of a revision of an article or a lesson"},
            "styleClass": {"enum": ["amber", "jade", "sky", "rose"]},
            "selector": {"oneOf": [selector, {"type": "array", "items": selector, "maxItems": 10}]},
        },
    }
    body = {"type": "object", "properties": {"type": {"const": "TextualBody"}, "value": {"type": "string"}}}
    return {
        "type": "object",
        "required": ["target"],
        "properties": {
            "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
            "id": {"type": "string", "format": "uri", "readOnly": True},
            "type": {"const": "Annotation"},
            "motivation": {"enum": ["highlighting", "commenting"], "readOnly": True},
            "body": {"oneOf": [{"type": "string"}, body], "description": "The note, up to 10,000 characters"},
            "target": {"oneOf": [{"type": "string"}, target]},
        },
    }


def _error() -> dict[str, Any]:
    texts = {name: {"type": "string"} for name in ("error", "message")}
    return {"type": "object", "properties": texts}
