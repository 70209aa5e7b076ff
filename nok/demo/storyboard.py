"""Storyboards of the course videos: what is said, what is drawn, and every frame between.

A storyboard is a TOML file under ``nok/demo/videos``. Its scenes name a drawing in ``frames.typ``; each
spoken line may name the values that drawing moves to while the line is heard. Times are seconds.
"""

from __future__ import annotations

import itertools
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FADE_SECONDS = 0.4
LEAD_SECONDS = 0.5
LINE_GAP_SECONDS = 0.4
SCENE_GAP_SECONDS = 0.8
TAIL_SECONDS = 1.2
# A movement finishes a little before its line, so that the eye arrives with the last words.
MOVE_SHARE = 0.8

State = Mapping[str, float | str]


@dataclass(frozen=True)
class Line:
    """One spoken sentence and the values its drawing moves to."""

    text: str
    targets: Mapping[str, float]


@dataclass(frozen=True)
class Scene:
    """One drawing, its fixed words, its first values and its lines."""

    picture: str
    heading: str
    words: Mapping[str, str]
    start: Mapping[str, float]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Storyboard:
    """A whole video: ``respellings`` for the voice, ``output`` relative to ``nok/demo`` without suffix."""

    title: str
    output: str
    respellings: Mapping[str, str]
    scenes: tuple[Scene, ...]

    def lines(self) -> tuple[Line, ...]:
        """All lines in the order in which they are heard."""
        return tuple(line for scene in self.scenes for line in scene.lines)


@dataclass(frozen=True)
class Spoken:
    """When a line is heard: seconds from the beginning of the video."""

    start: float
    end: float


def load(path: Path) -> Storyboard:
    """Read one storyboard; a missing key raises KeyError naming it."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    scenes = tuple(
        Scene(
            picture=scene["picture"],
            heading=scene.get("heading", ""),
            words=scene.get("values", {}),
            start=scene.get("start", {}),
            lines=tuple(Line(line["text"], line.get("set", {})) for line in scene["lines"]),
        )
        for scene in data["scenes"]
    )
    return Storyboard(data["title"], data["output"], data.get("say", {}), scenes)


def schedule(board: Storyboard, durations: Sequence[float]) -> tuple[Spoken, ...]:
    """Place each line on the clock from the measured length of its recording; one duration per line."""
    clock = LEAD_SECONDS
    measured = iter(durations)
    spoken: list[Spoken] = []
    for scene in board.scenes:
        for _ in scene.lines:
            length = next(measured)
            spoken.append(Spoken(clock, clock + length))
            clock += length + LINE_GAP_SECONDS
        clock += SCENE_GAP_SECONDS - LINE_GAP_SECONDS
    return tuple(spoken)


def length(spoken: Sequence[Spoken]) -> float:
    """Length of the whole video."""
    return spoken[-1].end + TAIL_SECONDS


def chapters(board: Storyboard, spoken: Sequence[Spoken]) -> tuple[tuple[int, str], ...]:
    """Give each scene's first whole second and its name; a scene without a heading is named like the video."""
    first_lines = itertools.accumulate((len(scene.lines) for scene in board.scenes), initial=0)
    # Rounded down from the first word, a jump lands in the pause before it; the first chapter begins with the video.
    return tuple(
        (int(spoken[line].start) if line else 0, scene.heading or board.title)
        for line, scene in zip(first_lines, board.scenes, strict=False)
    )


def frames(board: Storyboard, spoken: Sequence[Spoken], rate: int) -> Iterator[State]:
    """Give the state of the drawing for each frame, ``rate`` frames a second."""
    total = math.ceil(length(spoken) * rate)
    shots = _shots(board, spoken)
    index = 0
    for number in range(total):
        now = number / rate
        while index + 1 < len(shots) and now >= shots[index + 1].begin:
            index += 1
        yield shots[index].at(now, board.title)


@dataclass(frozen=True)
class _Shot:
    """A scene on the clock."""

    scene: Scene
    begin: float
    end: float
    spoken: tuple[Spoken, ...]
    last: bool

    def at(self, now: float, title: str) -> State:
        values: dict[str, float] = dict(self.scene.start)
        for line, heard in zip(self.scene.lines, self.spoken, strict=True):
            share = _ease((now - heard.start) / ((heard.end - heard.start) * MOVE_SHARE))
            for name, target in line.targets.items():
                values[name] += (target - values[name]) * share
        fixed: dict[str, float | str] = {
            "picture": self.scene.picture,
            "title": title,
            "heading": self.scene.heading,
        }
        rounded = {name: round(value, 3) for name, value in values.items()}
        return {**fixed, **self.scene.words, **rounded, "show": self._show(now)}

    def _show(self, now: float) -> float:
        coming = (now - self.begin) / FADE_SECONDS
        going = 1.0 if self.last else (self.end - now) / FADE_SECONDS
        return round(max(0.0, min(1.0, coming, going)), 2)


def _shots(board: Storyboard, spoken: Sequence[Spoken]) -> list[_Shot]:
    shots: list[_Shot] = []
    taken = 0
    begin = -FADE_SECONDS
    for number, scene in enumerate(board.scenes):
        heard = tuple(spoken[taken : taken + len(scene.lines)])
        taken += len(scene.lines)
        last = number + 1 == len(board.scenes)
        end = heard[-1].end + (TAIL_SECONDS if last else SCENE_GAP_SECONDS / 2)
        shots.append(_Shot(scene, begin, end, heard, last))
        begin = end
    return shots


def _ease(share: float) -> float:
    """Slow at both ends; 0 before, 1 after."""
    share = max(0.0, min(1.0, share))
    return share * share * (3 - 2 * share)
