"""What a WSGI server imports."""

from nok.app import create_app, refuse_unsafe
from nok.settings import Settings

app = create_app(Settings.from_env())
refuse_unsafe(app)
