"""Set the picture that other sites show beside a link: PNG, 1200 by 630 pixels, as the Open Graph protocol asks.

The page is `social_picture.typ` beside this file; all words go in as data.
"""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib import resources
from threading import Lock
from typing import Any

import typst

from nok.formats.fonts import installed_fonts

WIDTH, HEIGHT = 1200, 630
POINTS_PER_INCH = 72  # a point of the page is a pixel of the picture
_setting = Lock()  # a compiler may be used by one thread at a time


@dataclass(frozen=True)
class SocialPicture:
    """What stands in the picture. `cover` is an SVG of its proportions; `by` is who teaches or wrote it."""

    kind: str
    title: str
    by: str
    provider: str
    cover: str


def render(picture: SocialPicture) -> bytes:
    """Return the PNG; the same words give the same bytes."""
    with _setting:
        png: bytes = _compiler().compile(
            _page(),
            format="png",
            ppi=POINTS_PER_INCH,
            sys_inputs={"facts": json.dumps(asdict(picture), ensure_ascii=False)},
        )
    return png


@lru_cache(maxsize=1)
def _compiler() -> Any:
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(path) for path in installed_fonts()],
    )
    return typst.Compiler(_page(), font_paths=fonts)


@lru_cache(maxsize=1)
def _page() -> bytes:
    return resources.files("nok.formats").joinpath("social_picture.typ").read_bytes()
