"""Files: whole or not at all, and never outside the folder."""

import hashlib
from pathlib import Path

import pytest

from nok.core.errors import NotFound
from nok.core.storage import CHUNK, LocalStorage

OUTSIDE = ["../x", "a/../../x", "/etc/passwd", "..", "a/b/../../../x", "\0", "a\0b", "link/x", "../store-2/x"]


@pytest.fixture
def storage(tmp_path: Path) -> LocalStorage:
    root = tmp_path / "store"
    root.mkdir()
    (tmp_path / "x").write_text("outside")
    (tmp_path / "store-2").mkdir()
    (tmp_path / "store-2" / "x").write_text("outside")
    (root / "link").symlink_to(tmp_path)
    return LocalStorage(root)


@pytest.mark.parametrize("key", OUTSIDE)
def test_no_key_leads_outside(key: str, storage: LocalStorage, tmp_path: Path) -> None:
    for way in (storage.read, storage.size, storage.has, storage.delete, storage.path):
        with pytest.raises(NotFound):
            way(key)
    with pytest.raises(NotFound):
        storage.put(key, b"new")
    with pytest.raises(NotFound):
        next(storage.stream(key, 0, 1))
    assert (tmp_path / "x").read_text() == "outside"


def test_what_is_put_is_read_in_full_and_in_part(storage: LocalStorage) -> None:
    content = bytes(range(256)) * (CHUNK // 128)
    assert storage.put("a/b.bin", content) == hashlib.sha256(content).hexdigest()
    assert (storage.read("a/b.bin"), storage.size("a/b.bin"), storage.has("a/b.bin")) == (content, len(content), True)
    for start, length in ((0, 10), (5, CHUNK + 3), (len(content) - 2, 99)):
        assert b"".join(storage.stream("a/b.bin", start, length)) == content[start : start + length]


def test_what_is_not_there_is_not_found(storage: LocalStorage) -> None:
    storage.put("folder/file", b"")
    for key in ("none", "folder"):
        assert not storage.has(key)
        with pytest.raises(NotFound):
            storage.read(key)
        with pytest.raises(NotFound):
            storage.size(key)
    storage.delete("none")


def test_a_second_put_replaces_the_whole_and_leaves_no_scraps(storage: LocalStorage) -> None:
    storage.put("a/b", b"a long text")
    storage.put("a/b", b"short")
    assert storage.read("a/b") == b"short"
    assert [path.name for path in (storage.root / "a").iterdir()] == ["b"]


def test_a_write_that_fails_leaves_the_old_file(storage: LocalStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.put("a/b", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("nok.core.storage.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.put("a/b", b"new")
    assert storage.read("a/b") == b"old"
    assert [path.name for path in (storage.root / "a").iterdir()] == ["b"], "half a file stays behind"


def test_a_file_is_copied_by_content(storage: LocalStorage, tmp_path: Path) -> None:
    storage.put_file("copy", tmp_path / "x")
    assert storage.read("copy") == b"outside"


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="file"):
        LocalStorage(tmp_path / "file").check()


def test_a_folder_takes_its_place_whole_or_leaves_no_trace(storage: LocalStorage) -> None:
    with storage.filling("videos/1") as folder:
        (folder / "index.m3u8").write_text("new")
        assert not storage.has("videos/1/index.m3u8")
    assert storage.read("videos/1/index.m3u8") == b"new"
    with pytest.raises(FileNotFoundError), storage.filling("videos/1") as folder:
        (folder / "no-such-folder" / "index.m3u8").write_text("newer")
    assert storage.read("videos/1/index.m3u8") == b"new"
    assert [path.name for path in (storage.root / "videos").iterdir()] == ["1"]
