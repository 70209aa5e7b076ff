"""Pictures made of pixels."""

import io

from PIL import ExifTags, Image

UPRIGHT = 6  # the orientation of EXIF for a camera held upright


def photograph(width: int, height: int, kind: str = "JPEG", **more: object) -> bytes:
    """Return a picture with something to see in every corner."""
    image = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    image.putpixel((0, 0), (255, 0, 0))
    file = io.BytesIO()
    image.save(file, kind, **more)
    return file.getvalue()


def upright(width: int, height: int) -> bytes:
    """Return a photograph by a camera that was held upright: shown, it is `height` wide."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = UPRIGHT
    return photograph(width, height, exif=exif)
