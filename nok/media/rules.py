"""Which sizes a video is made in, and what may be asked for."""

import re
from dataclasses import dataclass

SEGMENT_SECONDS = 4
_SERVED = re.compile(r"(?:index|v[0-9])\.m3u8|v[0-9]-init\.mp4|v[0-9]-[0-9]{5}\.m4s|poster\.jpg")
TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".m4s": "video/iso.segment",
    ".jpg": "image/jpeg",
}


@dataclass(frozen=True)
class Rendition:
    """One size: height in pixels, video and audio bit rates in kbit/s."""

    height: int
    video_kbps: int
    audio_kbps: int


LADDER = (Rendition(360, 400, 64), Rendition(720, 1400, 96))


def is_served(name: str) -> bool:
    """Whether a file of this name may leave a video's folder."""
    return _SERVED.fullmatch(name) is not None


def content_type(name: str) -> str:
    """Return the media type of a served file."""
    return TYPES[name[name.rindex(".") :]]
