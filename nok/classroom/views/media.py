"""Every media byte, for those to whom the lesson is open at this moment."""

from flask import Response, current_app, request

from nok.classroom.queries import access
from nok.classroom.views.blueprint import blueprint
from nok.core.errors import NotFound
from nok.core.storage import open_storage
from nok.courses import queries as courses
from nok.media.rules import content_type, is_served
from nok.web.access import guests_if, viewer_or_none
from nok.web.files import send_document, send_picture, send_stored


@blueprint.get("/learn/<slug:course>/<slug:lesson>/media/<file:name>")
@guests_if(access.is_preview)
def media(course: str, lesson: str, name: str) -> Response:
    """A playlist, segment or poster."""
    folder = access.media(_person_id(), course, lesson).folder
    if not folder or not is_served(name):
        raise NotFound
    storage = open_storage(current_app.extensions["nok"])
    return send_stored(storage, f"{folder}/{name}", content_type(name))


@blueprint.get("/learn/<slug:course>/<slug:lesson>/captions/<file:name>")
@guests_if(access.is_preview)
def captions(course: str, lesson: str, name: str) -> Response:
    """The captions of a lesson, `en.vtt`."""
    lesson_id = access.media(_person_id(), course, lesson).lesson_id
    track = next((item for item in courses.captions(lesson_id) if f"{item.language}.vtt" == name), None)
    if track is None:
        raise NotFound
    return Response(track.vtt, mimetype="text/vtt", headers={"Cache-Control": "private, no-cache"})


@blueprint.get("/learn/<slug:course>/<slug:lesson>/file.pdf")
@guests_if(access.is_preview)
def file(course: str, lesson: str) -> Response:
    """The file of a lesson; with `?download=1` to be kept."""
    found = access.media(_person_id(), course, lesson)
    if not found.file_key:
        raise NotFound
    storage = open_storage(current_app.extensions["nok"])
    return send_document(storage, found.file_key, found.file_name, download="download" in request.args)


@blueprint.get("/learn/<slug:course>/pictures/<file:name>")
@guests_if(access.is_preview_picture)
def picture(course: str, name: str) -> Response:
    """A picture of the revision I am enrolled in, or of a preview lesson."""
    found = access.picture(_person_id(), course, name)
    storage = open_storage(current_app.extensions["nok"])
    return send_picture(storage, found.key, found.content_type, private=True)


def _person_id() -> int | None:
    person = viewer_or_none()
    return person.id if person else None
