"""Files by key in a bucket that speaks the S3 API: the same verbs as the local folder."""

import hashlib
import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from nok.core.errors import NotFound

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

CHUNK = 256 * 1024
PART = 8 * 1024 * 1024  # above this a file travels in parts
CONNECT_SECONDS = 3
REPLY_SECONDS = 30
LONGEST_KEY = 900  # S3 allows 1,024 bytes, the prefix among them


@dataclass(frozen=True)
class S3Storage:
    """A bucket, or a part of one: `s3://bucket/prefix?endpoint=https://…&region=…`.

    `key_id` and `secret` may be empty: then the machine's own role or configuration opens the bucket.
    """

    url: str
    key_id: str
    secret: str

    def put(self, key: str, content: bytes) -> str:
        """Store `content` and return its SHA-256 in hex. S3 shows an object when all of it is there, not before."""
        self._client.put_object(Bucket=self._bucket, Key=self._name(key), Body=content, ContentType=_kind(key))
        return hashlib.sha256(content).hexdigest()

    def put_file(self, key: str, source: Path) -> None:
        """Store a copy of the file at `source`, in parts when it is large."""
        from boto3.s3.transfer import TransferConfig

        # One thread: the caller may hold a database transaction, and a worker has few cores to give.
        plan = TransferConfig(multipart_threshold=PART, multipart_chunksize=PART, use_threads=False)
        self._client.upload_file(
            str(source), self._bucket, self._name(key), ExtraArgs={"ContentType": _kind(key)}, Config=plan
        )

    @contextmanager
    def filling(self, key: str) -> Iterator[Path]:
        """Give an empty folder; its files are stored under `key` at the end of the block, what names others last."""
        with TemporaryDirectory(prefix="nok-") as folder:
            yield Path(folder)
            files = [path for path in Path(folder).rglob("*") if path.is_file()]
            for path in sorted(files, key=lambda path: (path.suffix == ".m3u8", path.name == "index.m3u8", path.name)):
                self.put_file(f"{key}/{path.relative_to(folder).as_posix()}", path)

    def read(self, key: str) -> bytes:
        """Return the bytes under `key`; raise NotFound."""
        with _absence_is_not_found(self._client):
            return self._client.get_object(Bucket=self._bucket, Key=self._name(key))["Body"].read()

    def size(self, key: str) -> int:
        """Return the length in bytes; raise NotFound."""
        with _absence_is_not_found(self._client):
            return self._client.head_object(Bucket=self._bucket, Key=self._name(key))["ContentLength"]

    def stream(self, key: str, start: int, length: int) -> Iterator[bytes]:
        """Yield `length` bytes from `start`."""
        if length <= 0:
            return
        asked = f"bytes={start}-{start + length - 1}"
        with _absence_is_not_found(self._client):
            body = self._client.get_object(Bucket=self._bucket, Key=self._name(key), Range=asked)["Body"]
        with body:
            yield from body.iter_chunks(CHUNK)

    def has(self, key: str) -> bool:
        """Whether something is stored under `key`; raise NotFound for a key that would lead outside."""
        name = self._name(key)
        try:
            with _absence_is_not_found(self._client):
                self._client.head_object(Bucket=self._bucket, Key=name)
        except NotFound:
            return False
        return True

    def delete(self, key: str) -> None:
        """Forget what is under `key`, if anything."""
        self._client.delete_object(Bucket=self._bucket, Key=self._name(key))

    @contextmanager
    def at_hand(self, key: str) -> Iterator[Path]:
        """Give the bytes under `key` as a file on this machine, for the length of the block; raise NotFound."""
        with TemporaryDirectory(prefix="nok-") as folder:
            path = Path(folder) / Path(key).name
            with _absence_is_not_found(self._client):
                self._client.download_file(self._bucket, self._name(key), str(path))
            yield path

    def check(self) -> None:
        """Raise OSError when the bucket cannot be written."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self.put(".check", b"nok")
        except (BotoCoreError, ClientError) as error:
            raise OSError(f"The bucket {self._bucket} cannot be written: {type(error).__name__}") from error

    @property
    def _bucket(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def _client(self) -> "S3Client":
        return _client(self)

    def _name(self, key: str) -> str:
        """Return the object's name; raise NotFound for a key that would lead outside of the prefix."""
        parts = key.split("/")
        if "\0" in key or len(key.encode("utf-8", "replace")) > LONGEST_KEY or {"", ".", ".."} & set(parts):
            raise NotFound
        prefix = urlsplit(self.url).path.strip("/")
        return f"{prefix}/{key}" if prefix else key


@cache
def _client(storage: S3Storage) -> "S3Client":
    import boto3  # here: it takes a second to load, and an installation with a local folder needs none of it
    from botocore.config import Config

    options = {name: values[0] for name, values in parse_qs(urlsplit(storage.url).query).items()}
    return boto3.client(
        "s3",
        endpoint_url=options.get("endpoint"),
        region_name=options.get("region", "us-east-1"),
        aws_access_key_id=storage.key_id or None,
        aws_secret_access_key=storage.secret or None,
        config=Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=REPLY_SECONDS,
            retries={"max_attempts": 3, "mode": "standard"},
            s3={"addressing_style": "path" if "endpoint" in options else "auto"},
        ),
    )


@contextmanager
def _absence_is_not_found(client: "S3Client") -> Iterator[None]:
    try:
        yield
    except client.exceptions.ClientError as error:
        if error.response.get("Error", {}).get("Code") in {"404", "NoSuchKey", "NotFound"}:
            raise NotFound from error
        raise


def _kind(key: str) -> str:
    return mimetypes.guess_type(key)[0] or "application/octet-stream"
