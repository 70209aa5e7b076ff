"""Meridian covers: contour lines with one gold point, the same for the same slug, so a catalog needs no photographs."""

import hashlib
import math
import random
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

WIDTH, HEIGHT = 640, 336
LINES = 9
STEPS = 16
_GOLD = "#f6cd8b"
# As in static/css/components/cover.css, for where no style sheet is: the middle of the ground, and the lines.
_COLORS = {
    "a": ("#114b3e", "#d5f3e8"),
    "b": ("#0e4556", "#d6f0fa"),
    "c": ("#573f22", "#fbeadb"),
    "d": ("#24492e", "#dcf2df"),
}


@dataclass(frozen=True)
class _Drawing:
    hue: str
    paths: list[str]
    gold: tuple[float, float]
    aside: tuple[float, float]
    """Where the point is when words stand on the picture: on the same line, near its end."""


@lru_cache(maxsize=512)
def cover(slug: str) -> Markup:
    """Return an inline SVG, decoration only; colors come from the style sheet through its classes."""
    drawing = _draw(slug)
    gold_x, gold_y = drawing.gold
    paths = "".join(f'<path d="{path}"/>' for path in drawing.paths)
    return Markup(  # noqa: S704  only numbers and our own letters go in
        f'<svg class="cover cover-{drawing.hue}" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice" '
        f'aria-hidden="true" focusable="false"><rect width="{WIDTH}" height="{HEIGHT}"/>'
        f'<g class="cover-lines">{paths}</g>'
        f'<circle class="cover-halo" cx="{gold_x:.1f}" cy="{gold_y:.1f}" r="16"/>'
        f'<circle class="cover-point" cx="{gold_x:.1f}" cy="{gold_y:.1f}" r="6"/></svg>'
    )


def cover_file(slug: str) -> str:
    """Return the same lines as an SVG file with its colors in it, the point where words leave room for it."""
    drawing = _draw(slug)
    gold_x, gold_y = drawing.aside
    ground, line = _COLORS[drawing.hue]
    paths = "".join(
        f'<path d="{path}" stroke-opacity="{0.2 + 0.25 * number / LINES:.2f}"/>'
        for number, path in enumerate(drawing.paths)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{ground}"/>'
        f'<g fill="none" stroke="{line}" stroke-width="1.5" stroke-linecap="round">{paths}</g>'
        f'<circle cx="{gold_x:.1f}" cy="{gold_y:.1f}" r="16" fill="none" stroke="{_GOLD}" stroke-opacity=".75"/>'
        f'<circle cx="{gold_x:.1f}" cy="{gold_y:.1f}" r="6" fill="{_GOLD}"/></svg>'
    )


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
