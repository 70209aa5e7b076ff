"""Meridian covers: contour lines with one gold point, the same for the same slug, so a catalog needs no photographs."""

import hashlib
import math
import random
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

WIDTH, HEIGHT = 640, 336
LINES = 9
STEPS = 16


@lru_cache(maxsize=512)
def cover(slug: str) -> Markup:
    """Return an inline SVG, decoration only; colors come from the style sheet through its classes."""
    dice = random.Random(hashlib.sha256(slug.encode()).digest())  # noqa: S311  a picture, not a secret
    phase, bend, lean = dice.uniform(0, math.tau), dice.uniform(26, 64), dice.uniform(-0.35, 0.35)
    hue = dice.choice(["a", "b", "c", "d"])
    lines = [[_point(line, step, phase, bend, lean) for step in range(STEPS + 1)] for line in range(LINES)]
    gold_x, gold_y = lines[dice.randrange(3, LINES - 3)][dice.randrange(5, STEPS - 4)]
    paths = "".join(f'<path d="{_curve(points)}"/>' for points in lines)
    return Markup(  # noqa: S704  only numbers and our own letters go in
        f'<svg class="cover cover-{hue}" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice" '
        f'aria-hidden="true" focusable="false"><rect width="{WIDTH}" height="{HEIGHT}"/>'
        f'<g class="cover-lines">{paths}</g>'
        f'<circle class="cover-halo" cx="{gold_x:.1f}" cy="{gold_y:.1f}" r="16"/>'
        f'<circle class="cover-point" cx="{gold_x:.1f}" cy="{gold_y:.1f}" r="6"/></svg>'
    )


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
