"""Typed parts of addresses."""

from flask import Flask
from werkzeug.routing import BaseConverter


class SlugConverter(BaseConverter):
    """`needle-depth`."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class FileConverter(BaseConverter):
    """A plain file name with an ending: no folders, no leading dot."""

    regex = r"[A-Za-z0-9_][A-Za-z0-9_\-]*(?:\.[A-Za-z0-9_\-]+)*\.[A-Za-z0-9]{1,5}"


class NumberConverter(BaseConverter):
    """A whole number that every database column of ours can hold."""

    regex = "[0-9]{1,9}"

    def to_python(self, value: str) -> int:
        """Return the number."""
        return int(value)


class WordConverter(BaseConverter):
    """What a person may have typed of a serial: checked by the view, which answers in words."""

    regex = r"[^/]{1,200}"


def init(app: Flask) -> None:
    """Make the converters known to the router."""
    app.url_map.converters.update(slug=SlugConverter, file=FileConverter, int=NumberConverter, word=WordConverter)
