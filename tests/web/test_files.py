"""Stored files over HTTP, from a folder and from a bucket: whole, in part, and not again when nothing changed."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask, Response
from werkzeug.test import create_environ

from nok.core.bucket import CHUNK, S3Storage
from nok.core.errors import NotFound
from nok.core.storage import LocalStorage, Storage
from nok.web.files import send_picture, send_stored
from tests import servers
from tests.factories.pictures import photograph

CONTENT = bytes(range(256)) * (CHUNK // 100)
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture(scope="module", params=["folder", "bucket"])
def storage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Storage]:
    with ExitStack() as stack:
        kept: Storage = LocalStorage(tmp_path_factory.mktemp("files"))
        if request.param == "bucket":
            kept = S3Storage(f"s3://files?endpoint={stack.enter_context(servers.s3('files'))}", "a", "b")
        kept.put("film/v0.m4s", CONTENT)
        kept.put("point.svg", SVG)
        yield kept


def answer(storage: Storage, **headers: str) -> Response:
    with Flask(__name__).test_request_context(headers={name.replace("_", "-"): text for name, text in headers.items()}):
        return send_stored(storage, "film/v0.m4s", "video/mp4")


def test_the_whole_file_says_that_parts_may_be_asked_for(storage: Storage) -> None:
    whole = answer(storage)
    assert (whole.status_code, whole.mimetype, whole.content_length) == (200, "video/mp4", len(CONTENT))
    assert (whole.headers["Accept-Ranges"], whole.headers["Cache-Control"]) == ("bytes", "private, no-cache")
    assert b"".join(whole.response) == CONTENT  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("0-0", 0, 1), (f"{CHUNK - 1}-{CHUNK + 1}", CHUNK - 1, CHUNK + 2), ("-5", -5, None), (f"{CHUNK}-", CHUNK, None)],
)
def test_a_part_is_that_part(storage: Storage, asked: str, start: int, stop: int | None) -> None:
    part = answer(storage, Range=f"bytes={asked}")
    wanted = CONTENT[start:stop]
    assert (part.status_code, part.content_length) == (206, len(wanted))
    assert part.headers["Content-Range"].endswith(f"/{len(CONTENT)}")
    assert b"".join(part.response) == wanted  # type: ignore[arg-type]


def test_a_part_beyond_the_end_is_refused(storage: Storage) -> None:
    with pytest.raises(Exception, match="416"):
        answer(storage, Range=f"bytes={len(CONTENT)}-")


def test_what_the_browser_has_is_not_sent_again(storage: Storage) -> None:
    again = answer(storage, If_None_Match=answer(storage).headers["ETag"])
    assert (again.status_code, b"".join(again.get_app_iter(create_environ()))) == (304, b"")


def test_what_is_not_there_is_not_found(storage: Storage) -> None:
    with Flask(__name__).test_request_context(), pytest.raises(NotFound):
        send_stored(storage, "film/none.m4s", "video/mp4")


def test_a_picture_opened_by_itself_can_do_nothing(storage: Storage) -> None:
    with Flask(__name__).test_request_context():
        picture = send_picture(storage, "point.svg", "image/svg+xml", private=True)
        assert picture.get_data() == SVG
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert picture.headers["Cache-Control"] == "private, no-cache"


def test_a_smaller_copy_is_made_once_and_only_in_the_widths_that_pages_ask_for(storage: Storage) -> None:
    storage.put("needle.jpg", photograph(1200, 800))

    def sent(query: str, accept: str = "image/webp,*/*") -> tuple[str | None, int | None]:
        with Flask(__name__).test_request_context(query, headers={"Accept": accept}):
            answer = send_picture(storage, "needle.jpg", "image/jpeg", private=False)
            assert "Accept" in answer.vary
            return answer.mimetype, len(answer.get_data())

    whole, small = sent("/"), sent("/?w=480")
    assert (whole[0], small[0]) == ("image/jpeg", "image/webp")
    assert small[1] is not None
    assert small[1] < len(photograph(1200, 800))
    assert sent("/?w=480") == small
    for asked in ("481", "1600", "480px", "-1", "99999999999999999999"):
        assert sent(f"/?w={asked}") == whole
    assert storage.has("needle.jpg.480.webp")
    assert not storage.has("needle.jpg.481.webp")
    assert sent("/?w=480", "image/avif,image/webp,*/*")[0] == "image/avif"
    assert storage.size("needle.jpg.1600.webp") == 0, "that there is no such copy is found out once"
