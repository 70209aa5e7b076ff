"""Seconds from `nok serve` to the first page, on an installation that has run before."""

from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from bench.films import wait_for_films
from tests.faults.product import Product

RUNS = 3


def measure(folder: Path) -> Iterator[Figure]:
    product = Product(folder / "data", demo=True)
    try:
        first = product.start()
        wait_for_films(product)
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
