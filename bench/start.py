"""Seconds from `nok serve` to the first page, on an installation that has run before."""

from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from tests.faults.product import Product
from tests.servers import wait_until

RUNS = 3


def measure(folder: Path) -> Iterator[Figure]:
    product = Product(folder / "data", demo=True)
    try:
        first = product.start()
        wait_until(lambda: len(list(product.folder.glob("storage/videos/*/index.m3u8"))) == 2, "the demo's films", 300)
        product.stop()
        again = []
        for _ in range(RUNS):
            again.append(product.start())
            product.stop()
    finally:
        product.kill_all()
    yield Figure("first start to first page, with the demo", first, "s")
    yield Figure(f"second start to first page, fastest of {RUNS}", min(again), "s")
    yield Figure(f"second start to first page, slowest of {RUNS}", max(again), "s", 5)
