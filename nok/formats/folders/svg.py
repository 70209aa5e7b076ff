"""SVG pictures that can be served as they are: well-formed, and nothing in them runs or calls out."""

from __future__ import annotations

from xml.parsers import expat

from nok.formats.problems import Problem, quoted

_NAMESPACE = "http://www.w3.org/2000/svg"
_LARGEST = 100_000
_RUNNING = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "listener"})
_SAFE_REFERENCES = ("#", "data:image/png", "data:image/jpeg", "data:image/webp")


def faults(text: str, file: str) -> list[Problem]:
    """Return what is wrong with a picture, line by line."""
    reader = _Reader(file)
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        reader.blame(f"This picture is not well-formed: {expat.ErrorString(error.code)}. Save it again.")
    return reader.problems


def size(text: str) -> tuple[int, int] | None:
    """Return the width and height of a picture in CSS pixels: as it says them, or the sides of its viewBox."""
    found: dict[str, str] = {}
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, attributes: found or found.update(attributes)
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError:
        return None
    box = [_pixels(side) for side in found.get("viewBox", "").replace(",", " ").split()[2:]]
    said = [_pixels(found[name].removesuffix("px")) for name in ("width", "height") if name in found]
    return _whole(said) or _whole(box)


def _pixels(written: str) -> float:
    try:
        return float(written)
    except ValueError:  # a share of the page, or a length in print
        return 0


def _whole(sides: list[float]) -> tuple[int, int] | None:
    width, height = [round(side) if 0 < side < _LARGEST else 0 for side in sides] if len(sides) == 2 else (0, 0)  # noqa: PLR2004
    return (width, height) if width and height else None


class _Reader:
    def __init__(self, file: str) -> None:
        self.file, self.problems, self._depth = file, list[Problem](), 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._element
        self.parser.ProcessingInstructionHandler = self._instruction

    def blame(self, message: str) -> None:
        self.problems.append(Problem(self.file, self.parser.CurrentLineNumber, message))

    def _doctype(self, *_: object) -> None:
        self.blame("Delete the DOCTYPE: a picture needs none.")
        self.parser.StartElementHandler = None

    def _instruction(self, target: str, _: str) -> None:
        self.blame(f"Delete the line <?{target} …?>: a picture may not load anything.")

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        self._depth += 1
        if self._depth == 1 and (tag != "svg" or namespace != _NAMESPACE):
            self.blame(f'A picture begins with <svg xmlns="{_NAMESPACE}">.')
        if tag.lower() in _RUNNING:
            self.blame(f"Delete <{tag}>: a picture may not run anything.")
        for attribute, value in attributes.items():
            self._attribute(attribute.rpartition(" ")[2].lower(), value.strip())

    def _attribute(self, name: str, value: str) -> None:
        if name.startswith("on"):
            self.blame(f"Delete the attribute {quoted(name)}: a picture may not run anything.")
        elif name in ("href", "src") and not value.lower().startswith(_SAFE_REFERENCES):
            self.blame(f"{quoted(value)} lies outside this picture: put what is needed into the file.")
