"""Every media byte, for those whose enrollment opens the lesson at this moment."""

from flask import Response, current_app

from nok.classroom.queries import access
from nok.classroom.views.blueprint import blueprint, lesson_of_viewer
from nok.core.errors import NotFound
from nok.core.storage import open_storage
from nok.courses import queries as courses
from nok.enrollments import queries as enrollments
from nok.media.rules import content_type, is_served
from nok.web.access import signed_in, viewer
from nok.web.files import send_picture, send_stored


@blueprint.get("/learn/<slug:course>/<slug:lesson>/media/<file:name>")
@signed_in
def media(course: str, lesson: str, name: str) -> Response:
    """A playlist, segment or poster, for those whose enrollment opens the lesson at this moment."""
    folder = access.video_folder(viewer().id, course, lesson)
    if not is_served(name):
        raise NotFound
    storage = open_storage(current_app.extensions["nok"])
    return send_stored(storage, f"{folder}/{name}", content_type(name))


@blueprint.get("/learn/<slug:course>/<slug:lesson>/captions/<file:name>")
@signed_in
def captions(course: str, lesson: str, name: str) -> Response:
    """The captions of a lesson, `en.vtt`."""
    _, found = lesson_of_viewer(course, lesson)
    track = next((item for item in courses.captions(found.id) if f"{item.language}.vtt" == name), None)
    if track is None:
        raise NotFound
    return Response(track.vtt, mimetype="text/vtt", headers={"Cache-Control": "private, no-cache"})


@blueprint.get("/learn/<slug:course>/pictures/<file:name>")
@signed_in
def picture(course: str, name: str) -> Response:
    """A picture of the revision I am enrolled in."""
    enrollment = enrollments.open_enrollment(viewer().id, course)
    file = courses.picture(enrollment.revision_id, name).file
    storage = open_storage(current_app.extensions["nok"])
    return send_picture(storage, file.storage_key, file.content_type, private=True)
