"""Files of a folder, read without ever leaving it, and the digest of all that was read.

Whatever a file is asked for by name (a lesson, a picture, a video) goes through `SourceFiles`: the name
must stay inside the folder, links must not lead out of it, sizes are limited, and text must be clean UTF-8.
"""

from __future__ import annotations

import hashlib
import html
import re
import stat
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from nok.formats.problems import FolderProblems, Problem, quoted

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
MOST_TEXT = 256 * KILOBYTE
LONGEST_LINE = 20_000
_CHUNK = MEGABYTE
_LONGEST_NAME = 120
_INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a file: where a thing is said, and so where a problem with it is shown."""

    file: str
    line: int


class SourceFiles:
    """The files of one folder. Problems go to `problems`; a reading that failed returns None."""

    def __init__(self, root: Path) -> None:
        if not root.is_dir():
            raise FolderProblems([Problem(str(root), 0, "There is no folder here: check the path.")])
        self.root = root.resolve()
        self.problems: list[Problem] = []
        self._hashes: dict[str, str] = {}

    def blame(self, place: Place, message: str) -> None:
        """Write down a problem."""
        self.problems.append(Problem(place.file, place.line, message))

    def file(self, name: str, said_at: Place, largest: int) -> Path | None:
        """Return the path of a regular file inside the folder and take its bytes into the digest."""
        path = self._inside(name, said_at, largest)
        if path is None:
            return None
        if name not in self._hashes:
            try:
                with path.open("rb") as stream:
                    self._hashes[name] = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError as error:
                self.blame(said_at, f"{quoted(name)} cannot be read: {error.strerror}.")
                return None
        return path

    def text(self, name: str, said_at: Place, largest: int = MOST_TEXT) -> str | None:
        """Return the text of a file with line ends made alike."""
        path = self.file(name, said_at, largest)
        if path is None:
            return None
        data = path.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            self.blame(Place(name, line), "This line is not UTF-8 text: save the file as UTF-8.")
            return None
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        faults = [Problem(name, n, fault) for n, line in enumerate(text.split("\n"), 1) if (fault := unclean(line))]
        self.problems.extend(faults)
        return None if faults else text

    def begins(self, path: Path, count: int) -> bytes:
        """Return the first `count` bytes of a file."""
        with path.open("rb") as stream:
            return stream.read(count)

    def digest(self) -> str:
        """Return the SHA-256, in hex, of the names and bytes of all files read; times play no part."""
        whole = hashlib.sha256()
        for name, digest in sorted(self._hashes.items()):
            whole.update(f"{name}\0{digest}\n".encode())
        return whole.hexdigest()

    def _inside(self, name: str, said_at: Place, largest: int) -> Path | None:
        if not _well_named(name):
            message = f"{quoted(name)} is not the name of a file in this folder: write it like pictures/depth.svg."
            self.blame(said_at, message)
            return None
        path = self.root / name
        try:
            real = path.resolve(strict=True)
            status = real.stat()
        except FileNotFoundError:
            self.blame(said_at, f"{quoted(name)} is missing: add the file or correct its name.")
            return None
        except (OSError, RuntimeError):
            self.blame(said_at, f"{quoted(name)} cannot be read: check that it is a file you may open.")
            return None
        message = ""
        if not real.is_relative_to(self.root):
            message = f"{quoted(name)} leads out of the folder: put the file itself into the folder."
        elif not stat.S_ISREG(status.st_mode):
            message = f"{quoted(name)} is not a file: put a file here."
        elif status.st_size > largest:
            message = f"{quoted(name)} is too large: {status.st_size:,} bytes, at most {largest:,} are read."
        if message:
            self.blame(said_at, message)
            return None
        return path


def unclean(text: str) -> str:
    """Say what makes a text unfit to be read or shown, or return nothing."""
    if len(text) > LONGEST_LINE:
        return f"This line has {len(text):,} characters, at most {LONGEST_LINE:,} are read: break it up."
    if found := _CONTROL.search(text):
        return f"The control character U+{ord(found[0]):04X} stands here: delete it."
    if found := _INVISIBLE.search(text) or _INVISIBLE.search(html.unescape(text)):
        return f"The invisible character U+{ord(found[0]):04X} turns the direction of text: delete it."
    return ""


def _well_named(name: str) -> bool:
    path = PurePosixPath(name)
    plain = bool(name) and len(name) <= _LONGEST_NAME and not unclean(name) and name.isprintable() and "\\" not in name
    return plain and not path.is_absolute() and ".." not in path.parts and str(path) == name and name != "."
