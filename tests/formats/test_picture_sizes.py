"""The size of a picture, so that the page keeps its place free: as the file says it, or not at all."""

from pathlib import Path

import pytest

from nok.formats.folders import svg
from nok.formats.folders.markdown import size_of
from tests.factories.pictures import photograph, upright


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="640" height="480"', (640, 480)),
        ('width="640px" height="479.6px" viewBox="0 0 9 9"', (640, 480)),
        ('viewBox="0 0 90 30"', (90, 30)),
        ('viewBox="-5,-5,90,30"', (90, 30)),
        ('width="100%" height="2in" viewBox="0 0 90 30"', (90, 30)),
        ('width="0" height="7"', None),
        ('width="1e9" height="7"', None),
        ('width="nan" height="inf"', None),
        ('viewBox="0 0 9"', None),
        ("", None),
    ],
)
def test_a_drawing_says_its_size(attributes: str, size: tuple[int, int] | None) -> None:
    assert svg.size(f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}><rect width="1" height="2"/></svg>') == size


def test_a_photograph_says_its_size(tmp_path: Path) -> None:
    picture = tmp_path / "needle.png"
    picture.write_bytes(photograph(1200, 800, "PNG"))
    assert size_of(picture) == (1200, 800)
    picture.write_bytes(upright(1200, 800))
    assert size_of(picture) == (800, 1200)


@pytest.mark.parametrize("name", ["broken.svg", "broken.png", "broken.jpg", "broken.webp"])
def test_a_broken_picture_has_none(tmp_path: Path, name: str) -> None:
    picture = tmp_path / name
    for content in (b"", b"<svg", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00", b"RIFF\x00\x00\x00\x00WEBPVP8 "):
        picture.write_bytes(content)
        assert size_of(picture) is None
