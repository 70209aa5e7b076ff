"""Without a broker pages answer as fast as ever, and what they kept is delivered when it is back."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from nok.core.db import db
from nok.notifications.models import Notification
from tests.faults.conftest import SLUG
from tests.faults.learners import add_people
from tests.faults.product import Product, inside
from tests.faults.visitor import Visitor
from tests.servers import free_port, start_broker, wait_until

PAGES = ("/", "/courses", f"/courses/{SLUG}", "/learn", "/notifications", "/notifications/unread.json")
AT_MOST_SECONDS = 1.0


def enrolled_notices(product: Product) -> int:
    with inside(product.settings):
        count = select(func.count()).select_from(Notification).where(Notification.kind == "enrolled")
        return db.session.scalar(count) or 0


def timed(step: Callable[[], object]) -> float:
    begun = time.monotonic()
    step()
    return time.monotonic() - begun


def use_the_site(visitor: Visitor) -> Iterator[float]:
    """Enroll and look at every page; the seconds that each answer took."""
    visitor.use_token()
    yield timed(lambda: visitor.post(f"/courses/{SLUG}/enroll"))
    for page in PAGES:
        yield timed(lambda page=page: visitor.get(page))  # type: ignore[misc]


@pytest.fixture(params=["killed", "frozen"])
def without_broker(
    request: pytest.FixtureRequest, install: Callable[..., Product], tmp_path: Path
) -> Iterator[tuple[Product, Callable[[], None], Callable[[], None]]]:
    """An installation with a broker of its own, and how to take that away and bring it back."""
    port, folder = free_port(), tmp_path / "broker"
    servers = [start_broker(folder, port)]
    product = install(NOK_BROKER_URL=f"redis://127.0.0.1:{port}/0")

    def take() -> None:
        if request.param == "frozen":  # connections are taken, and nothing is ever answered
            servers[-1].send_signal(signal.SIGSTOP)
            return
        servers[-1].kill()
        servers[-1].wait()

    def give() -> None:
        if request.param == "frozen":
            servers[-1].send_signal(signal.SIGCONT)
        else:
            servers.append(start_broker(folder, port))

    yield product, take, give
    for server in servers:
        server.kill()
        server.wait()


@pytest.mark.timeout(240)
def test_pages_stay_fast_and_the_write_is_delivered_later(
    without_broker: tuple[Product, Callable[[], None], Callable[[], None]],
) -> None:
    product, take, give = without_broker
    visitors = []
    for email in add_people(product.settings, 3):
        visitors.append(Visitor(product.address))
        visitors[-1].sign_in(email)
    for page in PAGES:
        visitors[0].get(page)
    take()
    seconds = [spent for visitor in visitors for spent in use_the_site(visitor)]
    slow = [round(spent, 2) for spent in seconds if spent > AT_MOST_SECONDS]
    assert len(slow) <= 1, f"{len(slow)} of {len(seconds)} answers were slow: {slow}"
    assert enrolled_notices(product) == 0
    assert visitors[0].get("/readyz").status == 503
    assert visitors[0].get("/healthz").status == 200
    give()
    wait_until(lambda: enrolled_notices(product) == 3, "the delivery of what was kept", 90)
    assert visitors[0].get("/readyz").status == 200
