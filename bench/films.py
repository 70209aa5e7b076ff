"""The demo's films, which are made ready in the background after the first start."""

from nok.cli import demonstration
from tests.faults.product import Product
from tests.servers import wait_until

FILMS = len(list((demonstration.FOLDER / "courses").glob("*/videos/*.mp4")))


def wait_for_films(product: Product) -> None:
    """Wait until all of them are ready: before, transcoding takes a share of the machine."""
    ready = product.folder / "storage" / "videos"
    wait_until(lambda: len(list(ready.glob("*/index.m3u8"))) == FILMS, "the demo's films", 600)
