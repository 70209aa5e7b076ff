"""The pictures that other sites show beside a link to a page: made once, then kept as files."""

from flask import Response, current_app

from nok.core.storage import open_storage
from nok.core.tokens import fingerprint
from nok.formats import social_picture
from nok.formats.social_picture import SocialPicture
from nok.settings import Settings
from nok.web.covers import cover_file
from nok.web.files import send_picture

LOOK = 3
"""Raised with every change of the page that sets the pictures, so that the kept ones are made anew."""


def send_social_picture(kind: str, slug: str, title: str, by: str) -> Response:
    """Answer with the picture of what has this slug; `kind` is a word for it, `by` who teaches or wrote it."""
    settings: Settings = current_app.extensions["nok"]
    storage = open_storage(settings)
    picture = SocialPicture(kind, title, by, settings.provider_name, cover_file(slug, under_words=True))
    key = f"social/{fingerprint(f'{LOOK} {picture}')}.png"
    if not storage.has(key):
        storage.put(key, social_picture.render(picture))
    answer = send_picture(storage, key, "image/png", private=False)
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # it is made for the pages of others
    return answer
