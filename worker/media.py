"""What follows when a video is stored."""

from nok.media import service
from nok.media.messages import VideoStored
from worker.context import Context


def transcode(message: VideoStored, context: Context) -> None:
    """Make it ready to stream."""
    service.transcode(context.storage, message.video_id, context.checkpoint)
