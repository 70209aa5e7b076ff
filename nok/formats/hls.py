"""Videos to fMP4 HLS with the ffmpeg that `imageio-ffmpeg` brings.

Uploads are hostile until proven otherwise: the demuxer is forced to MP4/MOV and the only protocol is a local file, so a
playlist that calls itself a video can neither read other files nor reach other hosts.
"""

import re
import shlex
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import imageio_ffmpeg

_LENGTH = re.compile(r"Duration: (\d+):(\d\d):(\d\d\.\d+)")
_PICTURE = re.compile(r"Stream #.*: Video: .*?, (\d{2,5})x(\d{2,5})")
_SOUND = re.compile(r"Stream #.*: Audio:")
_SAFE_INPUT = ("-protocol_whitelist", "file", "-f", "mov,mp4,m4a,3gp,3g2,mj2")
MOST_SECONDS = 4 * 3600
LONGEST_VIDEO_MS = 4 * 3600 * 1000
_REASON_LINES = 4


class Refused(Exception):
    """ffmpeg cannot make anything of the file; the text says why, in ffmpeg's words."""


@dataclass(frozen=True)
class Size:
    """One rendition: height in pixels, bit rates in kbit/s."""

    height: int
    video_kbps: int
    audio_kbps: int


@dataclass(frozen=True)
class Source:
    """What is in the file: length in milliseconds, height in pixels, whether it sounds."""

    length_ms: int
    height: int
    sound: bool


def probe(path: Path) -> Source:
    """Read length, height and sound from what ffmpeg prints; raise Refused when there is no video in it."""
    said = _run([*_SAFE_INPUT, "-i", str(path)]).stderr
    length, picture = _LENGTH.search(said), _PICTURE.search(said)
    if not length or not picture:
        raise Refused(_reason(said) or "There is no video in this file.")
    hours, minutes, seconds = length.groups()
    length_ms = round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)
    if not 0 < length_ms <= LONGEST_VIDEO_MS:
        raise Refused("The video is empty or longer than four hours.")
    return Source(length_ms, int(picture.group(2)), bool(_SOUND.search(said)))


def transcode(
    source: Path,
    folder: Path,
    sizes: Sequence[Size],
    *,
    segment_seconds: int,
    on_progress: Callable[[], None],
    every_seconds: float,
) -> Source:
    """Write `index.m3u8`, a playlist and segments for each size, and `poster.jpg` into `folder`, which is empty.

    `sizes` run from small to large; those larger than the source are left out, but never all. `on_progress` is called
    about every `every_seconds` while ffmpeg works. Raise Refused when it gives up.
    """
    found = probe(source)
    chosen = [size for size in sizes if size.height <= found.height] or [sizes[0]]
    _watch(_hls_command(source, folder, chosen, segment_seconds, sound=found.sound), on_progress, every_seconds)
    still = str(min(3.0, found.length_ms / 2000))
    scaled = ["-frames:v", "1", "-vf", "scale=-2:'min(720,ih)'", "-q:v", "4"]
    poster = _run(["-ss", still, *_SAFE_INPUT, "-i", str(source), *scaled, str(folder / "poster.jpg")])
    if poster.returncode != 0:
        raise Refused(_reason(poster.stderr))
    return found


def _hls_command(source: Path, folder: Path, sizes: Sequence[Size], segment_seconds: int, *, sound: bool) -> list[str]:
    command = [*_SAFE_INPUT, "-i", str(source)]
    for _ in sizes:
        command += ["-map", "0:v:0", *(("-map", "0:a:0") if sound else ())]
    command += shlex.split(
        "-c:v libx264 -preset veryfast -profile:v main -pix_fmt yuv420p -sc_threshold 0 -c:a aac -ac 2"
        f" -force_key_frames expr:gte(t,n_forced*{segment_seconds})"
    )
    for index, size in enumerate(sizes):
        command += shlex.split(
            f"-filter:v:{index} scale=-2:{size.height} -b:v:{index} {size.video_kbps}k"
            f" -maxrate:v:{index} {size.video_kbps * 3 // 2}k -bufsize:v:{index} {size.video_kbps * 2}k"
        )
        if sound:
            command += [f"-b:a:{index}", f"{size.audio_kbps}k"]
    streams = " ".join(f"v:{index},a:{index}" if sound else f"v:{index}" for index in range(len(sizes)))
    # Paths are arguments of their own: a folder's name may hold spaces.
    return [
        *command,
        *shlex.split(f"-f hls -hls_time {segment_seconds} -hls_playlist_type vod -hls_segment_type fmp4"),
        *("-hls_flags", "independent_segments", "-hls_fmp4_init_filename", _init_name(sizes)),
        *("-hls_segment_filename", str(folder / "v%v-%05d.m4s")),
        *("-master_pl_name", "index.m3u8", "-var_stream_map", streams, str(folder / "v%v.m3u8")),
    ]


def _init_name(sizes: Sequence[Size]) -> str:
    # With one variant ffmpeg does not replace %v in this name.
    return "v%v-init.mp4" if len(sizes) > 1 else "v0-init.mp4"


def _watch(arguments: list[str], on_progress: Callable[[], None], every_seconds: float) -> None:
    """Run ffmpeg, calling `on_progress` while it works. Its words go to a file, since a full pipe would stop it."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(  # noqa: S603  our own binary, our own arguments
            [_ffmpeg(), *_QUIET, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        deadline = time.monotonic() + MOST_SECONDS
        try:
            while True:
                try:
                    process.wait(every_seconds)
                    break
                except subprocess.TimeoutExpired:
                    if time.monotonic() > deadline:
                        raise Refused("The video took too long to transcode.") from None
                    on_progress()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if process.returncode != 0:
            said.seek(0)
            raise Refused(_reason(said.read()))


_QUIET = ("-hide_banner", "-nostdin", "-y", "-threads", "2")


def _run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own binary, our own arguments
        [_ffmpeg(), *_QUIET, *arguments],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        timeout=120,
    )


def _ffmpeg() -> str:
    return str(imageio_ffmpeg.get_ffmpeg_exe())


def _reason(said: str) -> str:
    """Return the end of what ffmpeg said, without the paths of this machine."""
    lines = [line for line in said.strip().splitlines() if "At least one output file" not in line]
    return re.sub(r"/\S+/", "", " ".join(lines[-_REASON_LINES:]))[:500]
