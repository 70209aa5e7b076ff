"""Real worker processes on a real broker: what is lost is found, and what is killed is done again."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import redis
from sqlalchemy import func, select, update

from nok.accounts.messages import PersonRegistered
from nok.accounts.models import Person
from nok.core import outbox as core_outbox
from nok.core.broker import producer
from nok.core.clock import now
from nok.core.db import db, reading
from nok.core.outbox import OutboxDelivery, OutboxMessage
from nok.core.storage import LocalStorage
from nok.media.models import Video, VideoStatus
from nok.notifications.models import Notification
from tests.factories import courses, people
from tests.faults.product import inside
from tests.servers import wait_until
from tests.worker.conftest import Station
from worker import outbox


def greeted(email: str) -> int:
    """How often the person was welcomed; needs a context."""
    with reading():
        count = db.session.scalar(
            select(func.count())
            .select_from(Notification)
            .join(Person)
            .where(Person.email == email, Notification.kind == "welcome")
        )
        db.session.rollback()
    return count or 0


def registered(email: str) -> None:
    person = people.person(email)
    core_outbox.publish(PersonRegistered(person.id))
    db.session.commit()


@pytest.mark.timeout(120)
def test_what_the_broker_lost_is_found_by_the_sweep(station: Station) -> None:
    with inside(station.settings):
        registered("dispatched@test.example")
        outbox.drain(lambda _delivery, _queue: None)  # dispatched, and lost on the way
        db.session.execute(update(OutboxDelivery).values(due_at=now()))
        db.session.commit()
        registered("waiting@test.example")  # committed, and the nudge lost
        redis.Redis.from_url(station.settings.broker_url).flushall()
        station.start("worker", "--queues", "default,mail", "--concurrency", "2")
        station.start("schedule")
        for email in ("dispatched@test.example", "waiting@test.example"):
            wait_until(lambda email=email: greeted(email) == 1, f"the welcome of {email}", 60)  # type: ignore[misc]


@pytest.mark.timeout(120)
def test_sent_many_times_at_once_has_one_effect(station: Station) -> None:
    sent: list[int] = []
    with inside(station.settings):
        registered("often@test.example")
        outbox.drain(lambda delivery, _queue: sent.append(delivery))
        for _ in range(20):
            producer(station.settings.broker_url).send_task("outbox.deliver", sent, queue="default")
        station.start("worker", "--queues", "default,mail", "--concurrency", "2")
        with redis.Redis.from_url(station.settings.broker_url) as broker:
            wait_until(lambda: greeted("often@test.example") > 0, "the welcome", 60)
            wait_until(lambda: broker.llen("default") == 0 and not broker.hlen("unacked"), "the end of the queue", 60)
        assert greeted("often@test.example") == 1
        db.session.rollback()
        delivery = db.session.scalars(select(OutboxDelivery).where(OutboxDelivery.id == sent[0])).one()
        assert delivery.done_at is not None
        assert delivery.attempts == 0


@pytest.mark.timeout(240)
def test_a_transcode_that_was_killed_is_done_again(
    station: Station, film: Callable[[int], Path], tmp_path: Path
) -> None:
    with inside(station.settings):
        courses.published(tmp_path, "film", station.settings, video=film(16))
        killed = station.start("worker", "--queues", "default,mail,media", "--concurrency", "1")
        storage = LocalStorage(station.settings.storage_dir)
        wait_until(lambda: bool(pieces(storage)), "the first piece of the film", 60)
        os.killpg(killed.pid, 9)
        killed.wait()
        video = the_video()
        assert video.status is VideoStatus.WORKING
        assert not storage.has(f"{video.folder}/index.m3u8")
        # An hour later, as far as the lease and the broker are concerned.
        db.session.execute(update(Video).values(worked_until=now() - timedelta(seconds=1)))
        db.session.execute(update(OutboxDelivery).values(due_at=now() - timedelta(seconds=1)))
        db.session.commit()
        redis.Redis.from_url(station.settings.broker_url).flushall()
        station.start("worker", "--queues", "default,mail,media", "--concurrency", "1")
        station.start("schedule")
        wait_until(lambda: the_video().status is VideoStatus.READY, "the film", 120)
        check_film(storage, the_video())
        left = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.dispatched_at.is_(None))
        assert db.session.scalar(left) == 0


def pieces(storage: LocalStorage) -> list[Path]:
    return list(storage.root.glob("videos/.*/*.m4s"))


def the_video() -> Video:
    db.session.rollback()
    with reading():
        video = db.session.scalars(select(Video).execution_options(populate_existing=True)).one()
        db.session.rollback()
    return video


def check_film(storage: LocalStorage, video: Video) -> None:
    assert 15_500 < video.length_ms < 16_500
    assert storage.read(f"{video.folder}/index.m3u8").startswith(b"#EXTM3U")
    assert storage.has(f"{video.folder}/poster.jpg")
    assert b"#EXT-X-ENDLIST" in storage.read(f"{video.folder}/v0.m3u8")
    assert pieces(storage) == [], "nothing of the first try is left"
