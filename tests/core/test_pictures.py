"""Smaller copies of photographs: made where they are worth sending, and true to what they show."""

import io
from functools import partial

import pytest
from PIL import ExifTags, Image

from nok.core import markup, pictures
from tests.factories.pictures import photograph, upright


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_copy_is_smaller_and_has_the_same_shape(kind: str) -> None:
    copy = pictures.scaled(photograph(1200, 800, kind), 480)
    assert copy is not None
    with Image.open(io.BytesIO(copy)) as image:
        assert (image.format, image.size) == ("WEBP", (480, 320))


def test_a_copy_stands_upright() -> None:
    copy = pictures.scaled(upright(1200, 800), 480)
    assert copy is not None
    with Image.open(io.BytesIO(copy)) as image:
        assert image.size == (480, 720)
        assert ExifTags.Base.Orientation not in image.getexif()


def test_a_copy_keeps_what_is_transparent() -> None:
    clear = Image.new("P", (960, 600), 0)
    file = io.BytesIO()
    clear.save(file, "PNG", transparency=0, compress_level=0)
    copy = pictures.scaled(file.getvalue(), 480)
    assert copy is not None
    with Image.open(io.BytesIO(copy)) as image:
        assert image.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_a_copy_can_be_smaller_still_for_browsers_that_read_avif() -> None:
    file = io.BytesIO()
    Image.effect_noise((1200, 800), 60).convert("RGB").save(file, "JPEG")
    content = file.getvalue()
    newer, older = (pictures.scaled(content, 480, kind) for kind in (pictures.AVIF, pictures.WEBP))
    assert newer is not None
    assert older is not None
    assert len(newer) < len(older)
    with Image.open(io.BytesIO(newer)) as image:
        assert (image.format, image.size) == ("AVIF", (480, 320))


def test_a_copy_of_colors_for_print_has_no_profile_of_theirs() -> None:
    file = io.BytesIO()
    Image.effect_noise((1200, 800), 60).convert("CMYK").save(file, "JPEG", icc_profile=b"of the printer")
    copy = pictures.scaled(file.getvalue(), 480)
    assert copy is not None
    with Image.open(io.BytesIO(copy)) as image:
        assert "icc_profile" not in image.info


def deep() -> bytes:
    """A scan with sixteen bits for each gray."""
    file = io.BytesIO()
    Image.linear_gradient("L").convert("I").resize((960, 600)).point(lambda gray: gray * 257).convert("I;16").save(
        file, "PNG"
    )
    return file.getvalue()


def moving() -> bytes:
    frames = [Image.new("RGB", (960, 600), color) for color in ("red", "green")]
    file = io.BytesIO()
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:])
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [photograph(480, 300), moving(), deep(), b"", b"\xff\xd8\xff\xe0", photograph(900, 600)[:300], b"<svg/>"],
    ids=["as small", "moving", "of deep grays", "empty", "only a beginning", "cut off", "a drawing"],
)
def test_there_is_no_copy_where_it_gains_nothing_or_cannot_be_made(content: bytes) -> None:
    assert pictures.scaled(content, 480) is None


def test_a_picture_too_large_to_hold_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 600 * 400 - 1)
    assert pictures.scaled(photograph(600, 400), 480) is None


def test_a_photograph_offers_its_copies_and_a_drawing_none() -> None:
    html = markup.figure("![A needle](pictures/a.jpg)", lambda written: markup.Shown(written, (1200, 800)))
    assert 'srcset="pictures/a.jpg?w=480 480w, pictures/a.jpg?w=960 960w, pictures/a.jpg 1200w"' in html
    assert 'sizes="' in html
    assert 'src="pictures/a.jpg"' in html
    for name, size in (("a.svg", (1200, 800)), ("a.jpg", (400, 300)), ("a.jpg", None)):
        assert "srcset" not in markup.figure(f"![A]({name})", partial(markup.Shown, size=size))
