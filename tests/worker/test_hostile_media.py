"""Files that call themselves videos: nothing else is read, nobody is called, nothing is left."""

import os
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nok.core.storage import LocalStorage
from nok.formats import hls
from nok.media import rules

SIZES = [hls.Size(size.height, size.video_kbps, size.audio_kbps) for size in rules.LADDER]
PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10.0,\n{target}\n#EXT-X-ENDLIST\n"
CONCAT = "ffconcat version 1.0\nfile '{target}'\n"
DASH = '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{target}</BaseURL></MPD>'
SHAPES = {"playlist": PLAYLIST, "concat": CONCAT, "dash": DASH}


def transcode(source: Path, folder: Path) -> hls.Source:
    with LocalStorage(folder.parent).filling(folder.name) as making:
        return hls.transcode(source, making, SIZES, segment_seconds=4, on_progress=lambda: None, every_seconds=5)


def check_refused(source: Path, folder: Path) -> str:
    """Refused with a reason that tells nothing of this machine, and nothing is left."""
    with pytest.raises(hls.Refused) as refused:
        transcode(source, folder)
    assert not folder.exists()
    assert not list(folder.parent.glob(".*"))
    said = str(refused.value)
    assert said
    assert str(source.parent) not in said
    assert "root:" not in said
    return said


@contextmanager
def listening() -> Iterator[tuple[int, list[bytes]]]:
    """A server that remembers whoever comes."""
    visits: list[bytes] = []

    class Remember(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.settimeout(1)
            visits.append(self.request.recv(1000))

    with socketserver.TCPServer(("127.0.0.1", 0), Remember) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_address[1], visits
        server.shutdown()
        thread.join()


@contextmanager
def trap(path: Path) -> Iterator[list[str]]:
    """A pipe in the place of a secret file: whoever opens it is noticed."""
    os.mkfifo(path)
    opened: list[str] = []

    def wait_for_a_reader() -> None:
        with path.open("wb"):
            opened.append("opened")

    thread = threading.Thread(target=wait_for_a_reader)
    thread.start()
    yield opened
    caught = list(opened)
    os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
    thread.join()
    opened[:] = caught


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_that_names_a_file_reads_nothing(shape: str, tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    with trap(tmp_path / "secret.ts") as opened:
        for target in (str(tmp_path / "secret.ts"), f"file://{tmp_path}/secret.ts", "secret.ts", "/etc/passwd"):
            source.write_text(SHAPES[shape].format(target=target))
            check_refused(source, tmp_path / "videos" / "1")
    assert opened == []


@pytest.mark.parametrize("shape", SHAPES)
def test_a_list_that_names_a_host_calls_nobody(shape: str, tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    with listening() as (port, visits):
        for target in (f"http://127.0.0.1:{port}/a.ts", f"tcp://127.0.0.1:{port}", f"rtmp://127.0.0.1:{port}/a"):
            source.write_text(SHAPES[shape].format(target=target))
            check_refused(source, tmp_path / "videos" / "1")
    assert visits == []


def test_the_trap_would_notice(tmp_path: Path) -> None:
    with trap(tmp_path / "secret.ts") as opened:
        os.close(os.open(tmp_path / "secret.ts", os.O_RDONLY))
        threading.Event().wait(0.2)
    assert opened == ["opened"]


ODD = {
    "empty": b"",
    "text": b"This is no film.\n",
    "page": b"<!doctype html><script>alert(1)</script>",
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    "archive": b"PK\x03\x04" + b"\0" * 200,
    "head only": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom",
    "endless box": b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\xff\xff\xff\xffmoov" + b"\0" * 64,
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_film_is_refused(name: str, tmp_path: Path) -> None:
    source = tmp_path / "film.mp4"
    source.write_bytes(ODD[name])
    check_refused(source, tmp_path / "videos" / "1")


def test_half_a_film_and_a_film_without_a_picture_are_refused(film: Callable[[int], Path], tmp_path: Path) -> None:
    whole = film(3).read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) // 2])
    check_refused(tmp_path / "half.mp4", tmp_path / "videos" / "1")
    said = hls._run(["-i", str(film(3)), "-vn", "-c:a", "copy", str(tmp_path / "sound.mp4")])
    assert said.returncode == 0
    check_refused(tmp_path / "sound.mp4", tmp_path / "videos" / "1")


def test_a_film_that_was_there_stays_when_the_new_one_is_refused(film: Callable[[int], Path], tmp_path: Path) -> None:
    folder = tmp_path / "videos" / "1"
    assert transcode(film(3), folder).length_ms in range(2_900, 3_200)
    before = sorted(path.name for path in folder.iterdir())
    assert {"index.m3u8", "poster.jpg", "v0.m3u8", "v1.m3u8"} <= set(before)
    assert all(rules.is_served(name) for name in before)
    (tmp_path / "bad.mp4").write_bytes(b"no film")
    with pytest.raises(hls.Refused):
        transcode(tmp_path / "bad.mp4", folder)
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_name_that_looks_like_an_option_is_a_name(film: Callable[[int], Path], tmp_path: Path) -> None:
    source = tmp_path / "-i concat:a|b %d.mp4"
    source.write_bytes(film(3).read_bytes())
    assert hls.probe(source).sound
