"""Markdown of a folder: its blocks, and the pictures that they show from the folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from PIL import ExifTags, Image

from nok.formats import blocks as block_text
from nok.formats.blocks import Block, Picture
from nok.formats.folders import svg
from nok.formats.folders.files import MEGABYTE, MOST_TEXT, Place, SourceFiles
from nok.formats.folders.sources import PictureSource
from nok.formats.problems import FolderProblems, quoted

PICTURES = "pictures/"
_LARGEST_PICTURE = 4 * MEGABYTE
_ON_ITS_SIDE = {5, 6, 7, 8}  # orientations of EXIF, for a camera that was turned
_BEGINNINGS = {
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".webp": b"RIFF",
}


class Gallery:
    """The pictures met while reading a folder."""

    def __init__(self, files: SourceFiles) -> None:
        self._files = files
        self._checked: dict[str, Path | None] = {}

    def add(self, name: str, alt: str, said_at: Place) -> None:
        """Take a picture in; a wrong one becomes a problem where it is shown."""
        if not alt.strip():
            message = f"{quoted(name)} has no words for people who cannot see it: write them in ![words](…)."
            self._files.blame(said_at, message)
        if name not in self._checked:
            self._checked[name] = self._picture(name, said_at)

    def sources(self) -> tuple[PictureSource, ...]:
        """Return the pictures in the order of their names."""
        found = sorted((name, path) for name, path in self._checked.items() if path)
        return tuple(PictureSource(name.removeprefix(PICTURES), path, size_of(path)) for name, path in found)

    def _picture(self, name: str, said_at: Place) -> Path | None:
        if not name.startswith(PICTURES):
            advice = "put an svg, png, jpg or webp file into pictures/ and write its name like pictures/depth.svg."
            self._files.blame(said_at, f"{quoted(name)} cannot be shown: {advice}")
            return None
        return picture_file(name, said_at, self._files)


def picture_file(name: str, said_at: Place, files: SourceFiles) -> Path | None:
    """Return a picture of the folder, or None when a problem was written down; what is inside is what its name says."""
    ending = Path(name).suffix.lower()
    if ending != ".svg" and ending not in _BEGINNINGS:
        files.blame(said_at, f"{quoted(name)} cannot be shown: pictures are svg, png, jpg or webp files.")
        return None
    path = files.file(name, said_at, _LARGEST_PICTURE)
    if path is None:
        return None
    if ending == ".svg":
        text = files.text(name, said_at, _LARGEST_PICTURE)
        if text is not None:
            files.problems.extend(svg.faults(text, name))
    elif not files.begins(path, 12).startswith(_BEGINNINGS[ending]):
        files.blame(said_at, f"{quoted(name)} is not a {ending[1:]} picture inside: save it again as one.")
    return path


def size_of(path: Path) -> tuple[int, int] | None:
    """Return the width and height in CSS pixels of a picture as it is shown; None where the file does not say them."""
    if path.suffix.lower() == ".svg":
        return svg.size(path.read_text("utf-8", errors="replace"))
    try:
        with Image.open(path) as image:
            on_its_side = image.getexif().get(ExifTags.Base.Orientation) in _ON_ITS_SIDE
            return (image.height, image.width) if on_its_side else image.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def read(text: str, place: Place, files: SourceFiles, gallery: Gallery) -> tuple[Block, ...]:
    """Return the blocks of a text that begins at `place`, and take its pictures in."""
    try:
        found = block_text.split(text, place.file, place.line)
    except FolderProblems as error:
        files.problems.extend(error.problems)
        return ()
    for picture in _pictures(found):
        gallery.add(unquote(picture.source), picture.alt, Place(place.file, picture.line))
    return found


def read_file(name: str, said_at: Place, files: SourceFiles) -> str:
    """Return a whole Markdown file without its block ids; nothing when it cannot be read. Pictures are refused."""
    text = files.text(name, said_at, MOST_TEXT)
    if text is None:
        return ""
    if not text.strip():
        files.blame(Place(name, 0), "This file is empty: write something, or take its name out of the folder's head.")
    try:
        found = block_text.split(text, name)
    except FolderProblems as error:
        files.problems.extend(error.problems)
        return ""
    refuse_pictures(found, name, files)
    return "\n\n".join(block.markdown for block in found)


def refuse_pictures(blocks: Iterable[Block], name: str, files: SourceFiles) -> None:
    """Blame every picture in a text where nothing serves it."""
    for picture in _pictures(blocks):
        message = f"{quoted(picture.source)}: pictures are not shown here: move this one into a lesson or a question."
        files.blame(Place(name, picture.line), message)


def _pictures(blocks: Iterable[Block]) -> Iterable[Picture]:
    for block in blocks:
        yield from block_text.pictures(block)
