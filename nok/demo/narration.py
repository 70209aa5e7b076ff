"""Narration by espeak-ng, and the captions that belong to it.

Each line is spoken into a recording of its own and measured, so every caption begins and ends with its
sentence.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import textwrap
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nok.demo.storyboard import Spoken

VOICE = "en-us"
WORDS_PER_MINUTE = 158
PITCH = 42
SAMPLE_RATE = 22050
SAMPLE_BYTES = 2
# The width and height a caption may take and still be read at a glance.
CAPTION_WIDTH = 42
CAPTION_ROWS = 2
SILENCE_LEVEL = 90


class NarrationError(Exception):
    """The narration cannot be made; the message says what to do."""


@dataclass(frozen=True)
class Recording:
    """Mono 16-bit samples at 22,050 Hz."""

    samples: bytes

    @property
    def seconds(self) -> float:
        """Length of the recording."""
        return len(self.samples) / SAMPLE_BYTES / SAMPLE_RATE


def espeak() -> str:
    """Find espeak-ng; raises NarrationError naming the Debian package."""
    found = shutil.which("espeak-ng")
    if found is None:
        raise NarrationError("espeak-ng is missing: install the Debian package espeak-ng and run again")
    return found


def record(text: str, respellings: Mapping[str, str], folder: Path) -> Recording:
    """Speak one line and return it without the silence around it. ``folder`` takes the temporary file."""
    target = folder / "line.wav"
    options = f"-v {VOICE} -s {WORDS_PER_MINUTE} -p {PITCH} --stdin -w".split()
    spoken = respell(text, respellings).encode()
    done = subprocess.run([espeak(), *options, str(target)], input=spoken, capture_output=True, check=False)
    if done.returncode != 0:
        raise NarrationError(f"espeak-ng failed on {text!r}: {done.stderr.decode(errors='replace').strip()}")
    with wave.open(str(target), "rb") as source:
        shape = (source.getnchannels(), source.getsampwidth(), source.getframerate())
        if shape != (1, SAMPLE_BYTES, SAMPLE_RATE):
            raise NarrationError(f"espeak-ng gave {shape} where one channel, 2 bytes and 22050 Hz were expected")
        return Recording(_trimmed(source.readframes(source.getnframes())))


def respell(text: str, respellings: Mapping[str, str]) -> str:
    """Replace whole words by the spelling that the voice pronounces rightly."""
    for written, spoken in respellings.items():
        text = re.sub(rf"\b{re.escape(written)}\b", spoken, text, flags=re.IGNORECASE)
    return text


def write_track(path: Path, recordings: Sequence[Recording], spoken: Sequence[Spoken], seconds: float) -> None:
    """Lay the recordings on one silent track of the given length."""
    track = bytearray(round(seconds * SAMPLE_RATE) * SAMPLE_BYTES)
    for recording, heard in zip(recordings, spoken, strict=True):
        start = round(heard.start * SAMPLE_RATE) * SAMPLE_BYTES
        track[start : start + len(recording.samples)] = recording.samples
    with wave.open(str(path), "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(SAMPLE_BYTES)
        target.setframerate(SAMPLE_RATE)
        target.writeframes(bytes(track))


def captions(texts: Sequence[str], spoken: Sequence[Spoken]) -> str:
    """Write the WebVTT text: one cue a line, in two rows at most; raises NarrationError for a longer line."""
    parts = ["WEBVTT", ""]
    for number, (text, heard) in enumerate(zip(texts, spoken, strict=True), start=1):
        parts += [f"c{number:02d}", f"{_clock(heard.start)} --> {_clock(heard.end)}", _rows(text), ""]
    return "\n".join(parts)


def _rows(text: str) -> str:
    if len(text) <= CAPTION_WIDTH:
        return text
    # Wrapping at half the length gives two rows of like width, which read better than a full row and a scrap.
    for width in range(len(text) // 2, CAPTION_WIDTH + 1):
        rows = textwrap.wrap(text, width)
        if len(rows) <= CAPTION_ROWS:
            return "\n".join(rows)
    raise NarrationError(f"more than {CAPTION_ROWS} rows of {CAPTION_WIDTH} characters; split the line: {text!r}")


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


def _trimmed(samples: bytes) -> bytes:
    """Cut the silence that espeak-ng puts before and after a sentence."""
    values = memoryview(samples).cast("h")
    loud = [place for place, value in enumerate(values) if abs(value) > SILENCE_LEVEL]
    if not loud:
        return samples
    return samples[loud[0] * SAMPLE_BYTES : (loud[-1] + 1) * SAMPLE_BYTES]
