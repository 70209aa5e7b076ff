"""Smaller copies of pictures made of pixels, for smaller screens."""

import io
from typing import Any

from PIL import Image, ImageOps

WIDTHS = (480, 960, 1600)
"""Widths in pixels of the smaller copies: a phone, a column of text, a column on a dense screen."""
AVIF, WEBP = "image/avif", "image/webp"
"""What a copy can be: the first is smaller, the second is understood by older browsers."""
MOST_PIXELS = 40_000_000  # a copy is made from all of them at once, at up to four bytes each
_SAVED: dict[str, dict[str, Any]] = {
    AVIF: {"format": "AVIF", "quality": 55, "speed": 8},
    WEBP: {"format": "WEBP", "quality": 80},
}
_DEEP = ("I", "F")  # more than eight bits for a point, as scans have: turned into eight they would lose their grays


def scaled(content: bytes, width: int, kind: str = WEBP) -> bytes | None:
    """Return a copy as `kind` that is `width` pixels wide.

    None where it would not be smaller, where the picture moves, has more than `MOST_PIXELS` or more than eight bits for
    a color, or is none.
    """
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS or getattr(image, "is_animated", False):
                return None
            upright = ImageOps.exif_transpose(image)
            if upright.width <= width or upright.mode.startswith(_DEEP):
                return None
            profile = image.info.get("icc_profile")
            if upright.mode not in {"RGB", "RGBA"}:
                profile = None  # it was that of the other colors
                upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            small = upright.resize((width, max(1, round(upright.height * width / upright.width))), reducing_gap=2.0)
            copy = io.BytesIO()
            small.save(copy, icc_profile=profile, **_SAVED[kind])
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return copy.getvalue() if copy.tell() < len(content) else None
