"""The same files in a bucket, behind a real server that speaks the S3 API."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from nok.core.bucket import CHUNK, PART, S3Storage
from nok.core.errors import NotFound
from tests import servers

BUCKET = "nok-test"
LARGE = 2 * PART + 12_345


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with servers.s3(BUCKET) as address:
        yield address


@pytest.fixture
def storage(endpoint: str, request: pytest.FixtureRequest) -> S3Storage:
    """A prefix of its own for each test."""
    return S3Storage(f"s3://{BUCKET}/{request.node.name}?endpoint={endpoint}", "a", "b")


def test_what_is_put_is_read_in_full_and_in_part(storage: S3Storage) -> None:
    content = bytes(range(256)) * (CHUNK // 128)
    assert storage.put("a/b.bin", content) == hashlib.sha256(content).hexdigest()
    assert (storage.read("a/b.bin"), storage.size("a/b.bin"), storage.has("a/b.bin")) == (content, len(content), True)
    for start, length in ((0, 10), (5, CHUNK + 3), (len(content) - 2, 2), (3, 0)):
        assert b"".join(storage.stream("a/b.bin", start, length)) == content[start : start + length]


def test_a_large_file_travels_in_parts_and_arrives_whole(storage: S3Storage, tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(hashlib.shake_256(b"film").digest(LARGE))
    storage.put_file("videos/film.mp4", source)
    about = storage._client.head_object(Bucket=BUCKET, Key=storage._name("videos/film.mp4"))
    assert (about["ContentLength"], about["ContentType"]) == (LARGE, "video/mp4")
    assert about["ETag"].strip('"').endswith("-3"), "it went in three parts"
    with storage.at_hand("videos/film.mp4") as path:
        assert path.read_bytes() == source.read_bytes()
    assert not path.exists(), "the copy is gone afterwards"


def test_a_folder_arrives_with_what_names_its_parts_last(storage: S3Storage) -> None:
    with storage.filling("videos/1") as folder:
        for name in ("index.m3u8", "v0.m3u8", "v0-00001.m4s", "poster.jpg"):
            (folder / name).write_text(name)
        assert not storage.has("videos/1/poster.jpg")
    assert not folder.exists()
    found = {name: storage.read(f"videos/1/{name}").decode() for name in ("index.m3u8", "v0.m3u8", "poster.jpg")}
    assert found == {name: name for name in found}
    listed = storage._client.list_objects_v2(Bucket=BUCKET, Prefix=storage._name("videos/1"))["Contents"]
    assert max(listed, key=lambda item: item["LastModified"])["Key"].endswith("index.m3u8")


def test_what_is_not_there_is_not_found(storage: S3Storage) -> None:
    assert not storage.has("none")
    for way in (storage.read, storage.size, lambda key: next(storage.stream(key, 0, 1))):
        with pytest.raises(NotFound):
            way("none")
    with pytest.raises(NotFound), storage.at_hand("none"):
        pass
    storage.delete("none")


@pytest.mark.parametrize("key", ["../x", "a/../../x", "/etc/passwd", "..", "a//b", "./a", "", "a\0b", "x" * 1000])
def test_no_key_leads_outside(key: str, storage: S3Storage) -> None:
    for way in (storage.read, storage.size, storage.has, storage.delete):
        with pytest.raises(NotFound):
            way(key)
    with pytest.raises(NotFound):
        storage.put(key, b"new")


def test_what_is_deleted_is_gone(storage: S3Storage) -> None:
    storage.put("a", b"1")
    storage.delete("a")
    assert not storage.has("a")


def test_a_bucket_that_is_not_there_is_told(endpoint: str) -> None:
    S3Storage(f"s3://{BUCKET}?endpoint={endpoint}", "a", "b").check()
    with pytest.raises(OSError, match="no-such-bucket"):
        S3Storage(f"s3://no-such-bucket?endpoint={endpoint}", "a", "b").check()
    nobody = f"http://127.0.0.1:{servers.free_port()}"
    assert urlsplit(nobody).port != urlsplit(endpoint).port
    with pytest.raises(OSError, match=BUCKET):
        S3Storage(f"s3://{BUCKET}?endpoint={nobody}", "a", "b").check()
