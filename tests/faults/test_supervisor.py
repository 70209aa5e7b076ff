"""The supervisor: what dies is started again, and nothing outlives it."""

import sys
from collections.abc import Callable

import pytest

from tests.faults.product import PARTS, Product, serves
from tests.faults.visitor import Visitor
from tests.servers import wait_until


def ready(product: Product) -> bool:
    return serves(product.address) and Visitor(product.address).get("/readyz").status == 200


@pytest.mark.timeout(180)
def test_a_taken_port_is_named_and_whatever_dies_is_started_again(install: Callable[..., Product]) -> None:
    product = install()
    second = Product(product.folder.parent / "second", environment={"PORT": str(product.port)})
    with pytest.raises(AssertionError, match=f"PORT {product.port}"):
        second.start()
    assert second.processes() == []
    for part in PARTS:
        before = product.kill(part)
        wait_until(lambda part=part, before=before: product.part(part).pid != before, f"another {part}", 40)  # type: ignore[misc]
    wait_until(lambda: ready(product), "an answer from everything", 60)
    parts = [product.part(part) for part in PARTS]
    expected = {process.pid for part in parts for process in [part, *part.children(recursive=True)]}
    strays = [process for process in product.processes() if process.pid not in expected]
    parents = {part.ppid() for part in parts}
    assert len(parents) == 1
    assert [process.cmdline() for process in strays if process.pid not in parents] == []


@pytest.mark.timeout(120)
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has died")
def test_nothing_outlives_a_supervisor_that_was_killed(install: Callable[..., Product]) -> None:
    product = install()
    assert len(product.processes()) > len(PARTS)
    product.kill_supervisor()
    wait_until(lambda: not product.processes(), "the end of every process", 15)
    product.start()  # and what it left on disk is no hindrance
    assert ready(product)
