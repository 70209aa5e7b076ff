"""Every SELECT over media."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from nok.core.db import db
from nok.core.errors import NotFound
from nok.media.models import StoredFile, Video


def file_by_digest(sha256: str) -> StoredFile | None:
    """Return the file with this content, or None."""
    return db.session.scalar(select(StoredFile).where(StoredFile.sha256 == sha256))


def stored_file(file_id: int) -> StoredFile:
    """Return the file; raise NotFound."""
    found = db.session.get(StoredFile, file_id)
    if found is None:
        raise NotFound
    return found


def video_of_file(file_id: int) -> Video | None:
    """Return the video made of this file, or None."""
    return db.session.scalar(select(Video).where(Video.file_id == file_id))


def video(video_id: int) -> Video:
    """Return the video, its file loaded; raise NotFound."""
    found = db.session.scalar(select(Video).options(joinedload(Video.file)).where(Video.id == video_id))
    if found is None:
        raise NotFound
    return found
