"""Films to transcode, made by ffmpeg. Import the fixture in a conftest."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import imageio_ffmpeg
import pytest


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Make a film of so many seconds, with sound."""
    folder = tmp_path_factory.mktemp("films")

    def made(seconds: int) -> Path:
        path = folder / f"film-{seconds}.mp4"
        if not path.exists():
            picture = ["-f", "lavfi", "-i", f"testsrc2=size=1280x720:rate=25:duration={seconds}"]
            sound = ["-f", "lavfi", "-i", f"sine=frequency=440:duration={seconds}"]
            coded = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-shortest"]
            program = imageio_ffmpeg.get_ffmpeg_exe()
            subprocess.run([program, "-v", "error", "-y", *picture, *sound, *coded, path], check=True)
        return path

    return made
