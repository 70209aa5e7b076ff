"""What media tells the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class VideoStored:
    """A video's bytes are kept; it waits to be transcoded."""

    video_id: int
