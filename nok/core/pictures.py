"""Smaller copies of pictures made of pixels, for smaller screens."""

import io

from PIL import Image, ImageOps

WIDTHS = (480, 960, 1600)
"""Widths in pixels of the smaller copies: a phone, a column of text, a column on a dense screen."""
SCALED_TYPE = "image/webp"
MOST_PIXELS = 40_000_000  # a copy is made from all of them at once, at three bytes each
_QUALITY = 80


def scaled(content: bytes, width: int) -> bytes | None:
    """Return a copy as WebP that is `width` pixels wide.

    None where it would not be smaller, where the picture moves or has more than `MOST_PIXELS`, or is none.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS or getattr(image, "is_animated", False):
                return None
            upright = ImageOps.exif_transpose(image)
            if upright.width <= width:
                return None
            if upright.mode not in {"RGB", "RGBA"}:
                upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            small = upright.resize((width, max(1, round(upright.height * width / upright.width))), reducing_gap=2.0)
            copy = io.BytesIO()
            small.save(copy, "WEBP", quality=_QUALITY, icc_profile=image.info.get("icc_profile"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return copy.getvalue() if copy.tell() < len(content) else None
