"""Words to the open streams: carried to the broker that is there now, or not at all."""

from dataclasses import replace
from pathlib import Path

import pytest
import redis

from nok.core.broker import Courier
from nok.core.live import CHANNEL
from nok.settings import Settings
from tests import servers


@pytest.fixture
def nowhere(tmp_path: Path) -> Settings:
    """An installation whose broker has not started yet."""
    return replace(Settings.from_env(), data_dir=tmp_path, broker_url="")


def test_what_was_said_before_there_was_a_broker_is_not_told_later(nowhere: Settings, tmp_path: Path) -> None:
    courier = Courier()
    courier.configure(nowhere)
    courier.announce(CHANNEL, "old")
    assert courier.flush(5)
    with servers.broker(tmp_path / "broker") as url, redis.Redis.from_url(url) as reader, reader.pubsub() as channel:
        channel.subscribe(CHANNEL)
        assert channel.get_message(timeout=5)["type"] == "subscribe"
        courier.configure(replace(nowhere, broker_url=url))
        courier.announce(CHANNEL, "new")
        heard = channel.get_message(timeout=5)
    assert heard is not None
    assert heard["data"] == b"new"
