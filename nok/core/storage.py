"""Files by key, in a local folder or in a bucket: written whole or not at all, read in ranges."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from nok.core.bucket import S3Storage
from nok.core.errors import NotFound
from nok.settings import Settings

CHUNK = 256 * 1024


class Storage(Protocol):
    """Where files are kept. Keys are relative paths such as `certificates/NK-….pdf`; others raise NotFound."""

    def put(self, key: str, content: bytes) -> str:
        """Store `content`, durably, and return its SHA-256 in hex."""

    def put_file(self, key: str, source: Path) -> None:
        """Store a copy of the file at `source`."""

    def filling(self, key: str) -> AbstractContextManager[Path]:
        """Give an empty folder of this machine; what is in it at the end of the block is stored under `key`."""

    def read(self, key: str) -> bytes:
        """Return the bytes under `key`; raise NotFound."""

    def size(self, key: str) -> int:
        """Return the length in bytes; raise NotFound."""

    def stream(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """Yield `length` bytes from `start`."""

    def has(self, key: str) -> bool:
        """Whether something is stored under `key`."""

    def delete(self, key: str) -> None:
        """Forget what is under `key`, if anything."""

    def at_hand(self, key: str) -> AbstractContextManager[Path]:
        """Give the bytes under `key` as a file on this machine, to be read only; raise NotFound."""

    def check(self) -> None:
        """Raise OSError when nothing can be written."""


def open_storage(settings: Settings) -> Storage:
    """Return the storage that the settings name."""
    if settings.storage_url:
        return S3Storage(settings.storage_url, settings.s3_key_id, settings.s3_secret)
    return LocalStorage(settings.storage_dir)


@dataclass(frozen=True)
class LocalStorage:
    """A folder of this machine, or one that several machines share."""

    root: Path

    def put(self, key: str, content: bytes) -> str:
        """Store `content`, durably, and return its SHA-256 in hex."""
        with self._replacing(key) as file:
            file.write(content)
        return hashlib.sha256(content).hexdigest()

    def put_file(self, key: str, source: Path) -> None:
        """Store a copy of the file at `source`."""
        with source.open("rb") as content, self._replacing(key) as file:
            shutil.copyfileobj(content, file, CHUNK)

    @contextmanager
    def _replacing(self, key: str) -> Iterator[IO[bytes]]:
        """Give a file to write; it takes the place of `key` when all of it is on the disk, or leaves no trace."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as partial:
            try:
                yield partial
                partial.flush()
                os.fsync(partial.fileno())
                Path(partial.name).replace(path)
            except BaseException:
                Path(partial.name).unlink(missing_ok=True)
                raise

    @contextmanager
    def filling(self, key: str) -> Iterator[Path]:
        """Give an empty folder; at the end of the block it takes the place of `key`, whole, or leaves no trace."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        for left_behind in path.parent.glob(f".{path.name}-*"):  # by a process that was killed
            shutil.rmtree(left_behind, ignore_errors=True)
        making = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}-"))
        try:
            yield making
            making.chmod(0o755)
            shutil.rmtree(path, ignore_errors=True)
            making.replace(path)
        finally:
            shutil.rmtree(making, ignore_errors=True)

    def read(self, key: str) -> bytes:
        """Return the bytes under `key`; raise NotFound."""
        try:
            return self.path(key).read_bytes()
        except (FileNotFoundError, IsADirectoryError) as gone:
            raise NotFound from gone

    def size(self, key: str) -> int:
        """Return the length in bytes; raise NotFound."""
        path = self.path(key)
        if not path.is_file():
            raise NotFound
        return path.stat().st_size

    def stream(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """Yield `length` bytes from `start`."""
        with self.path(key).open("rb") as file:
            file.seek(start)
            while length > 0 and (chunk := file.read(min(CHUNK, length))):
                length -= len(chunk)
                yield chunk

    def has(self, key: str) -> bool:
        """Whether something is stored under `key`."""
        return self.path(key).is_file()

    def delete(self, key: str) -> None:
        """Forget what is under `key`, if anything."""
        self.path(key).unlink(missing_ok=True)

    @contextmanager
    def at_hand(self, key: str) -> Iterator[Path]:
        """Give the place of the bytes under `key`, to be read only; raise NotFound."""
        path = self.path(key)
        if not path.is_file():
            raise NotFound
        yield path

    def path(self, key: str) -> Path:
        """Return the place of `key` on disk; raise NotFound for a key that would lead outside."""
        if "\0" in key:
            raise NotFound
        path = (self.root / key).resolve()
        if not path.is_relative_to(self.root.resolve()):
            raise NotFound
        return path

    def check(self) -> None:
        """Raise OSError when the folder cannot be written."""
        self.root.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.root) as probe:
            probe.write(b"nok")
