"""Draw, narrate and encode the videos of the demo courses: ``python -m nok.demo.render_videos [name ...]``.

The videos are committed; this is how to make them again after a change to ``nok/demo/videos``. It needs
espeak-ng on the machine; typst and ffmpeg come with the project's Python packages. It prints each video's
chapters as its lesson lists them; with ``--chapters`` it prints them only and leaves the videos alone.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import imageio_ffmpeg
import typst

from nok.demo import narration, storyboard
from nok.demo.narration import Recording
from nok.demo.storyboard import Spoken, State, Storyboard

HERE = Path(__file__).resolve().parent
BOARDS = HERE / "videos"
DRAWINGS = BOARDS / "frames.typ"
FRAMES_PER_SECOND = 12
# Pages drawn by one typst run: enough to share its start-up, few enough to stay small in memory.
PAGES_PER_RUN = 60
POINTS_PER_INCH = 72
KEYFRAME_SECONDS = 10
QUALITY = 29
# Without the encoder's stamps the same input gives the same bytes, and a rebuild shows no false change.
UNSTAMPED = "-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact"
SOUND = "highpass=f=70,lowpass=f=7600,loudnorm=I=-18:TP=-3:LRA=9,alimiter=limit=0.8:level=false"


class EncodingError(Exception):
    """ffmpeg failed; the message carries its last words."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Render the named storyboards, or all of them; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m nok.demo.render_videos", description=__doc__)
    parser.add_argument("names", nargs="*", help="storyboards to render, by file name without suffix; all by default")
    parser.add_argument("--chapters", action="store_true", help="only print the chapters")
    wanted = parser.parse_args(arguments)
    make = _time if wanted.chapters else _render
    try:
        for name in wanted.names or sorted(path.stem for path in BOARDS.glob("*.toml")):
            print(make(storyboard.load(BOARDS / f"{name}.toml")))
    except (FileNotFoundError, narration.NarrationError, EncodingError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _render(board: Storyboard) -> str:
    video = HERE / f"{board.output}.mp4"
    texts = [line.text for line in board.lines()]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        recordings, spoken = _speak(board, folder)
        seconds = storyboard.length(spoken)
        track = folder / "track.wav"
        narration.write_track(track, recordings, spoken, seconds)
        video.parent.mkdir(parents=True, exist_ok=True)
        video.with_suffix(".en.vtt").write_text(narration.captions(texts, spoken), encoding="utf-8")
        encode(draw(storyboard.frames(board, spoken, FRAMES_PER_SECOND)), track, video)
    size = video.stat().st_size / 1000
    return f"{video.relative_to(HERE)}: {seconds:.1f} s, {size:.0f} kB\n{_chapters(board, spoken)}"


def _time(board: Storyboard) -> str:
    with tempfile.TemporaryDirectory() as scratch:
        return f"{board.output}.mp4\n{_chapters(board, _speak(board, Path(scratch))[1])}"


def _speak(board: Storyboard, folder: Path) -> tuple[list[Recording], tuple[Spoken, ...]]:
    recordings = [narration.record(line.text, board.respellings, folder) for line in board.lines()]
    return recordings, storyboard.schedule(board, [recording.seconds for recording in recordings])


def _chapters(board: Storyboard, spoken: Sequence[Spoken]) -> str:
    listed = (
        f'  {{ at = "{second // 60}:{second % 60:02d}", title = {json.dumps(title, ensure_ascii=False)} }},'
        for second, title in storyboard.chapters(board, spoken)
    )
    return "\n".join(["chapters = [", *listed, "]"])


def draw(states: Iterator[State]) -> Iterator[bytes]:
    """One PNG of 1280 x 720 for each state; equal neighbors are drawn once."""
    runs = ((state, len(list(same))) for state, same in itertools.groupby(states))
    while chunk := list(itertools.islice(runs, PAGES_PER_RUN)):
        yield from _repeated(_pages([state for state, _ in chunk]), [times for _, times in chunk])


def encode(pages: Iterator[bytes], track: Path, video: Path) -> None:
    """Write H.264 and AAC into an MP4 whose index stands first; raises EncodingError."""
    source = f"-f image2pipe -c:v png -framerate {FRAMES_PER_SECOND} -i -"
    picture = f"-c:v libx264 -preset slow -tune animation -crf {QUALITY} -pix_fmt yuv420p"
    sound = f"-c:a aac -b:a 48k -ac 1 -ar 44100 -af {SOUND}"
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *["-y", "-loglevel", "error"],
        *source.split(),
        "-i",
        str(track),
    ]
    command += [*picture.split(), "-g", str(FRAMES_PER_SECOND * KEYFRAME_SECONDS), *sound.split()]
    command += [*UNSTAMPED.split(), "-movflags", "+faststart", "-shortest", str(video)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as ffmpeg:
        if ffmpeg.stdin is None or ffmpeg.stderr is None:
            raise EncodingError("ffmpeg was started without pipes")
        try:
            for page in pages:
                ffmpeg.stdin.write(page)
            ffmpeg.stdin.close()
        except BrokenPipeError:
            pass  # ffmpeg has stopped reading and says why on its other pipe
        words = ffmpeg.stderr.read().decode(errors="replace").strip()
    if ffmpeg.returncode != 0:
        raise EncodingError(f"ffmpeg could not write {video.name}: {words}")


def _pages(states: Sequence[State]) -> list[bytes]:
    """Draw the states, a page each, with typst's own fonts only: every machine draws the same."""
    # typst's annotations say bytes; for more than one page it gives a list.
    drawn = cast(
        "bytes | list[bytes]",
        typst.compile(
            DRAWINGS,
            format="png",
            ppi=POINTS_PER_INCH,
            ignore_system_fonts=True,
            sys_inputs={"frames": json.dumps(states)},
        ),
    )
    return drawn if isinstance(drawn, list) else [drawn]


def _repeated(pages: Sequence[bytes], times: Sequence[int]) -> Iterator[bytes]:
    for page, count in zip(pages, times, strict=True):
        yield from itertools.repeat(page, count)


if __name__ == "__main__":
    sys.exit(main())
