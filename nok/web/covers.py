"""Meridian covers: contour lines with one gold point, the same for the same slug, so a catalog needs no photographs.

They are files, so that a browser fetches each once for all the pages that show it.
"""

import hashlib
import math
import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from flask import Blueprint, Response, request, url_for
from markupsafe import Markup

from nok.core.tokens import fingerprint
from nok.web.access import public
from nok.web.assets import FOREVER

blueprint = Blueprint("covers", __name__)

WIDTH, HEIGHT = 640, 336
LINES = 9
STEPS = 16
_GOLD = "#f4cf8b"
# The ground from its light corner to its dark one, and the lines: greens, a blue and an earth of one lightness.
_COLORS = {
    "a": (("#2d5e4f", "#124d3e", "#082f25"), "#dbf5ec"),
    "b": (("#285961", "#0a4851", "#042b31"), "#d9f4fb"),
    "c": (("#67513b", "#583f27", "#352515"), "#fbecd9"),
    "d": (("#3e5841", "#2b482f", "#182b1a"), "#e2f4e3"),
}
_FAR, _MIDDLE = 3, 6


@dataclass(frozen=True)
class _Drawing:
    hue: str
    paths: list[str]
    gold: tuple[float, float]
    aside: tuple[float, float]
    """Where the point is when words stand on the picture: on the same line, near its end."""


@blueprint.get("/covers/<slug:slug>.svg")
@public
def picture(slug: str) -> Response:
    """The cover of what has this slug, if anything has: it can be drawn for any."""
    answer = Response(cover_file(slug), mimetype="image/svg+xml")
    answer.headers["Cache-Control"] = FOREVER if request.args.get("v") == _version(slug) else "no-cache"
    return answer


def cover(slug: str, *, first: bool = False) -> Markup:
    """Return the picture as HTML, decoration only; `first` where it is seen at once, so that it is not put off."""
    address = url_for("covers.picture", slug=slug, v=_version(slug))
    name, when = ("fetchpriority", "high") if first else ("loading", "lazy")
    return Markup('<img class="cover" src="{}" width="{}" height="{}" alt="" {}="{}">').format(
        address, WIDTH, HEIGHT, name, when
    )


@lru_cache(maxsize=512)
def cover_file(slug: str, *, under_words: bool = False) -> str:
    """Return the SVG; `under_words` puts the point where words leave room for it."""
    drawing = _draw(slug)
    x, y = drawing.aside if under_words else drawing.gold
    grounds, line = _COLORS[drawing.hue]
    stops = "".join(
        f'<stop offset="{offset}" stop-color="{color}"/>' for offset, color in zip((0, 0.45, 1), grounds, strict=True)
    )
    # Nearer lines are brighter, as on the contours of a map.
    paths = [f'<path d="{path}"/>' for path in drawing.paths]
    lines = "".join(
        f'<g stroke-opacity="{opacity}" stroke-width="{width}">{"".join(some)}</g>'
        for some, opacity, width in (
            (paths[:_FAR], 0.19, 1.5),
            (paths[_FAR:_MIDDLE], 0.42, 1.5),
            (paths[_MIDDLE:], 0.42, 1.8),
        )
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<linearGradient id="g" x1=".1" y1="0" x2=".9" y2="1">{stops}</linearGradient>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="url(#g)"/>'
        f'<g fill="none" stroke="{line}" stroke-linecap="round">{lines}</g>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="16" fill="none" stroke="{_GOLD}" stroke-opacity=".75"/>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{_GOLD}"/></svg>'
    )


@lru_cache(maxsize=512)
def _version(slug: str) -> str:
    return fingerprint(cover_file(slug))[:12]


def _draw(slug: str) -> _Drawing:
    dice = random.Random(hashlib.sha256(slug.encode()).digest())  # noqa: S311  a picture, not a secret
    phase, bend, lean = dice.uniform(0, math.tau), dice.uniform(26, 64), dice.uniform(-0.35, 0.35)
    hue = dice.choice(["a", "b", "c", "d"])
    lines = [[_point(line, step, phase, bend, lean) for step in range(STEPS + 1)] for line in range(LINES)]
    golden = lines[dice.randrange(3, LINES - 3)]
    return _Drawing(hue, [_curve(points) for points in lines], golden[dice.randrange(5, STEPS - 4)], golden[-2])


def _point(line: int, step: int, phase: float, bend: float, lean: float) -> tuple[float, float]:
    along = step / STEPS
    x = -40 + along * (WIDTH + 80)
    spread = (line - LINES / 2) * 42
    wave = math.sin(phase + along * math.tau * 0.9 + line * 0.22) * bend
    swell = math.sin(phase * 1.7 + along * math.pi * 2.3) * spread * 0.35
    return x, HEIGHT / 2 + spread + wave + swell + (along - 0.5) * lean * HEIGHT


def _curve(points: list[tuple[float, float]]) -> str:
    """Return a smooth path through the middles between the points."""
    parts = [f"M{points[0][0]:.0f} {points[0][1]:.0f}"]
    for (x, y), (next_x, next_y) in pairwise(points[1:]):
        parts.append(f"Q{x:.0f} {y:.0f} {(x + next_x) / 2:.0f} {(y + next_y) / 2:.0f}")
    return "".join(parts)
