"""The verbs of media: keep a file, transcode a video."""

import hashlib
import mimetypes
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, update

from nok.core import outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.errors import Conflict
from nok.core.storage import Storage
from nok.formats import hls
from nok.media import queries, rules
from nok.media.messages import VideoStored
from nok.media.models import StoredFile, Video, VideoStatus

LEASE = timedelta(seconds=30)
RENEW_SECONDS = 8.0


def keep_file(storage: Storage, path: Path) -> StoredFile:
    """Keep the file at `path`, unless the same bytes are kept already."""
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    known = queries.file_by_digest(digest)
    if known is not None and storage.has(known.storage_key):
        return known
    key = f"files/{digest[:2]}/{digest}{path.suffix.lower()}"
    storage.put_file(key, path)
    if known is not None:
        return known
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    file = StoredFile(sha256=digest, storage_key=key, content_type=kind, size=path.stat().st_size)
    db.session.add(file)
    db.session.flush()
    return file


def keep_video(storage: Storage, path: Path) -> Video:
    """Keep a video and ask for it to be transcoded, unless the same one was kept before."""
    file = keep_file(storage, path)
    video = queries.video_of_file(file.id)
    if video is None:
        video = Video(file_id=file.id)
        db.session.add(video)
        db.session.flush()
        outbox.publish(VideoStored(video.id))
    return video


def transcode(storage: Storage, video_id: int, checkpoint: Callable[[], None]) -> None:
    """Make renditions, playlists and poster. `checkpoint` commits: the work takes minutes and must hold no lock.

    One worker at a time has the lease; another one raises Conflict and is tried again later. A worker that dies loses
    the lease after `LEASE`. A video that ffmpeg refuses is marked failed, with the reason: trying again would not help.
    """
    video = queries.video(video_id)
    if video.status in {VideoStatus.READY, VideoStatus.FAILED}:
        return
    _take_lease(video)
    checkpoint()
    try:
        with storage.at_hand(video.file.storage_key) as source, storage.filling(video.folder) as folder:
            result = hls.transcode(
                source,
                folder,
                [hls.Size(size.height, size.video_kbps, size.audio_kbps) for size in rules.LADDER],
                segment_seconds=rules.SEGMENT_SECONDS,
                on_progress=lambda: _renew(video, checkpoint),
                every_seconds=RENEW_SECONDS,
            )
    except hls.Refused as refused:
        video.status, video.problem, video.worked_until = VideoStatus.FAILED, str(refused), None
        return
    video.length_ms, video.status, video.worked_until, video.ready_at = (
        result.length_ms,
        VideoStatus.READY,
        None,
        now(),
    )


def _take_lease(video: Video) -> None:
    taken = db.session.scalar(
        update(Video)
        .where(Video.id == video.id, or_(Video.worked_until.is_(None), Video.worked_until < now()))
        .values(status=VideoStatus.WORKING, worked_until=now() + LEASE)
        .returning(Video.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise Conflict(_("Another worker is at this video."))
    db.session.refresh(video, ["status", "worked_until"])


def _renew(video: Video, checkpoint: Callable[[], None]) -> None:
    video.worked_until = now() + LEASE
    checkpoint()
