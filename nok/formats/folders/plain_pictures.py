"""Pictures of plain Markdown files: found beside them, and taken along under a name of their own."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from nok.formats import blocks as block_text
from nok.formats.blocks import Block
from nok.formats.folders.files import Place, SourceFiles
from nok.formats.folders.markdown import PICTURES, picture_file, size_of
from nok.formats.folders.sources import PictureSource
from nok.formats.problems import Problem, quoted

_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(\s{0,9}(?:<([^<>]*)>|([^\s()<>]*))(\s{1,9}(?:\"[^\"]*\"|'[^']*'))?\s{0,9}\)")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_LONGEST_STEM = 90


class PlainPictures:
    """The pictures that lessons show, by the names of their files."""

    def __init__(self, files: SourceFiles, notes: list[Problem]) -> None:
        self._files, self._notes = files, notes
        self._sources: dict[str, PictureSource | None] = {}

    @property
    def taken(self) -> list[str]:
        """The names, in the folder, of the pictures that are taken along."""
        return [name for name, source in self._sources.items() if source]

    def sources(self) -> tuple[PictureSource, ...]:
        """Return the pictures in the order of their new names."""
        return tuple(sorted((one for one in self._sources.values() if one), key=lambda one: one.name))

    def carried(self, line: str, here: Place) -> str:
        """Return a line with its pictures under their new names; one that cannot come along leaves its words."""
        return _PICTURE.sub(lambda match: self._carried(match, here), line)

    def refuse_others(self, block: Block, file: str, files: SourceFiles) -> None:
        """Blame the pictures that are written in a way that `carried` does not read."""
        names = {f"{PICTURES}{source.name}" for source in self.sources()}
        for picture in block_text.pictures(block):
            if picture.source not in names:
                message = f"{quoted(picture.source)} cannot be taken along: write ![words](name) on one line."
                files.blame(Place(file, picture.line), message)

    def _carried(self, match: re.Match[str], here: Place) -> str:
        words, bracketed, bare, caption = match.groups()
        target = unquote(bracketed if bracketed is not None else bare)
        source = self._source(target, here)
        if source is None:
            return words
        if not words.strip():
            words = PurePosixPath(target).stem
            self._note(here, f"{quoted(target)} has no words for people who cannot see it: its name has to do.")
        return f"![{words}]({PICTURES}{source.name}{caption or ''})"

    def _source(self, target: str, here: Place) -> PictureSource | None:
        name = posixpath.normpath(posixpath.join(posixpath.dirname(here.file), target))
        if "://" in target or target.startswith("/") or name.startswith("../"):
            self._note(here, f"The picture {quoted(target)} is left out: it does not lie in this folder.")
            return None
        if name not in self._sources:
            self._sources[name] = self._checked(name, here)
        return self._sources[name]

    def _checked(self, name: str, here: Place) -> PictureSource | None:
        """Return the picture under a new name; what is wrong with it is noted, and no reason to stop."""
        before = len(self._files.problems)
        path = picture_file(name, here, self._files)
        wrong = self._files.problems[before:]
        del self._files.problems[before:]
        if path is None or wrong:
            self._notes.extend(wrong)
            self._note(here, f"The picture {quoted(name)} is left out.")
            return None
        return PictureSource(self._new_name(name), path, size_of(path))

    def _new_name(self, name: str) -> str:
        """Return a name without folders, spaces and foreign letters, which no other picture has."""
        path = PurePosixPath(name)
        stem = _UNSAFE.sub("-", str(path.with_suffix("")).lower()).strip("-")[:_LONGEST_STEM] or "picture"
        used = {source.name for source in self._sources.values() if source}
        new, count = f"{stem}{path.suffix.lower()}", 1
        while new in used:
            count += 1
            new = f"{stem}-{count}{path.suffix.lower()}"
        return new

    def _note(self, here: Place, message: str) -> None:
        self._notes.append(Problem(here.file, here.line, message))
